import { Alert, Button, Group, Modal, Stack, Table, Text } from '@mantine/core'
import { IconAlertTriangle, IconArrowsDiff } from '@tabler/icons-react'
import { useConsole, useSlice } from '../../components/console-context.ts'
import { DepartureTitle } from '../../components/departure-title.tsx'
import { useDeparture } from '../../components/use-departure.ts'
import { useClocks } from '../../components/use-ticking.ts'
import { formatAge } from '../../lib/age.ts'
import { type FactContext, factLabel, factText } from '../../lib/fact-text.ts'
import { type Conflict, type ConflictRow, conflictRows, obstacle } from '../../stores/conflict.ts'

/** The oldest conflict that waits for a decision. Nothing is overwritten until there is one. */
export function ConflictDialogue() {
  const { commands } = useConsole()
  const conflict = useSlice(commands, ({ conflicts }) => conflicts[0])
  return conflict ? <Decision key={conflict.command.commandId} conflict={conflict} /> : null
}

function Decision({ conflict }: { readonly conflict: Conflict }) {
  const { runner, view } = useConsole()
  const mode = useSlice(view, ({ timeMode }) => timeMode)
  const clocks = useClocks(1_000)
  const onBoard = useDeparture(conflict.theirs.id)
  // The board may know a newer state than the answer; "theirs" is always the newest.
  const theirs = onBoard && onBoard.revision > conflict.theirs.revision ? onBoard : conflict.theirs
  const operational = clocks?.operational ?? Date.now()
  const rows = conflictRows(conflict.command, theirs, operational)
  const problem = obstacle(conflict.command.body, theirs, operational)
  const keep = () => runner.keepTheirs(conflict)
  return (
    <Modal
      opened
      size="xl"
      centered
      closeOnClickOutside={false}
      title={<DepartureTitle departure={theirs} action="Changed by somebody else meanwhile" />}
      closeButtonProps={{ 'aria-label': 'Keep theirs and close' }}
      attributes={{ content: { 'data-testid': 'conflict' } }}
      onClose={keep}
    >
      <Stack>
        <ConflictTable rows={rows} context={{ zone: theirs.originZone, mode }} wall={clocks?.wall ?? Date.now()} />
        {problem && (
          <Alert color="red" icon={<IconAlertTriangle />}>
            Yours does not apply any more: {problem}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus data-testid="keep-theirs" onClick={keep}>
            Keep theirs
          </Button>
          <Button
            disabled={problem !== undefined}
            data-testid="apply-mine"
            onClick={() => void runner.applyMine(conflict, theirs)}
          >
            Apply mine on top
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

interface ConflictTableProps {
  readonly rows: readonly ConflictRow[]
  readonly context: FactContext
  readonly wall: number
}

function ConflictTable({ rows, context, wall }: ConflictTableProps) {
  return (
    <Table verticalSpacing="xs" data-testid="conflict-table">
      <Table.Thead>
        <Table.Tr>
          <Table.Th />
          <Table.Th>When you began</Table.Th>
          <Table.Th>Theirs, now</Table.Th>
          <Table.Th>Yours</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.fact}>
            <Table.Th scope="row">
              {factLabel(row.fact)}{' '}
              {row.isDisputed && <IconArrowsDiff size={15} color="var(--fl-bad)" aria-label="in conflict" />}
            </Table.Th>
            <Table.Td c="var(--fl-muted)">{factText(row.fact, row.before, context)}</Table.Td>
            <Table.Td>
              <Text fw={row.isDisputed ? 650 : 400}>{factText(row.fact, row.theirs, context)}</Text>
              <Text size="xs" c="var(--fl-muted)">
                {originText(row, wall)}
              </Text>
            </Table.Td>
            <Table.Td fw={row.isDisputed ? 650 : 400}>{factText(row.fact, row.mine, context)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function originText({ by, source, at }: ConflictRow, wall: number): string {
  if (at === undefined) return ''
  return `${by ?? source}, ${formatAge(wall - at)} ago`
}
