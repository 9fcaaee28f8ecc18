import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconRefreshAlert } from '@tabler/icons-react'
import type { FormEvent, KeyboardEvent, ReactNode } from 'react'
import type { CommandBody } from '../../api/command.ts'
import { AnchoredPanel } from '../../components/anchored-panel.tsx'
import { useConsole, useSlice } from '../../components/console-context.ts'
import { DepartureTitle } from '../../components/departure-title.tsx'
import { useDeparture } from '../../components/use-departure.ts'
import { changedColumns } from '../../lib/changed-columns.ts'
import type { OpenEditor } from '../../stores/workbench-store.ts'

/** What all editors of one departure share. */
export interface EditorFrameProps {
  readonly editor: OpenEditor
  readonly title: string
  readonly submitLabel: string
  /** What is sent; `undefined` while it is incomplete. */
  readonly body: CommandBody | undefined
  /** Why it is incomplete. */
  readonly problem?: string | undefined
  readonly width?: number
  readonly isGrave?: boolean
  readonly children: ReactNode
}

/** Frame of an editor: which flight, the fields, what is missing, and the way out. Ctrl+Enter sends from any field. */
export function EditorFrame(props: EditorFrameProps) {
  const { editor, title, submitLabel, body, problem, width, isGrave = false, children } = props
  const { close, submit } = useEditor(editor, body)

  function handleKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    submit()
  }

  return (
    <AnchoredPanel
      anchor={editor.anchor}
      title={<DepartureTitle departure={editor.base} action={title} />}
      testId={`editor-${editor.kind}`}
      onClose={close}
      {...(width !== undefined && { width })}
    >
      <form
        onKeyDown={handleKey}
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          submit()
        }}
      >
        <Stack gap="sm">
          <MovedOn editor={editor} />
          {children}
          <Group justify="space-between" align="center" wrap="nowrap">
            <Text size="sm" c="var(--fl-bad)" role="status" data-testid="editor-problem" style={{ flex: 1 }}>
              {problem}
            </Text>
            <Button variant="default" onClick={close}>
              Close
            </Button>
            <Button type="submit" disabled={!body} {...(isGrave && { color: 'red' })} data-testid="editor-save">
              {submitLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </AnchoredPanel>
  )
}

function useEditor(editor: OpenEditor, body: CommandBody | undefined) {
  const { runner, workbench } = useConsole()
  const close = () => workbench.setState({ editor: undefined })
  return {
    close,
    submit() {
      if (!body) return
      close()
      void runner.run(editor.base, body)
    },
  }
}

/** Says so when the departure changes while somebody types; what they type stays. */
function MovedOn({ editor }: { readonly editor: OpenEditor }) {
  const { connection } = useConsole()
  const me = useSlice(connection, ({ actor }) => actor?.name)
  const present = useDeparture(editor.base.id)
  if (!present || present.revision === editor.base.revision) return null
  const columns = changedColumns(editor.base, present).filter((column) => column !== 'flight')
  if (columns.length === 0) return null
  const others = Object.values(present.sources).filter(
    (origin) => origin.at >= editor.base.updatedAt && origin.by !== me,
  )
  const who = others.find(({ by }) => by !== undefined)?.by ?? others.at(-1)?.source ?? 'somebody'
  return (
    <Alert color="yellow" icon={<IconRefreshAlert />} p="xs" data-testid="moved-on">
      Changed meanwhile by {who}: {columns.join(', ')}. Saving compares before anything is overwritten.
    </Alert>
  )
}
