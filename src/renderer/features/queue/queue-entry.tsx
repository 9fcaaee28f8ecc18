import { Button, Group, Text } from '@mantine/core'
import {
  IconAlertTriangle,
  IconArrowRight,
  IconArrowsDiff,
  IconClockPause,
  IconClockX,
  IconSend,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useConsole } from '../../components/console-context.ts'
import classes from './queue.module.css'
import type { QueueItem, QueueStage } from './queue-view.ts'

interface EntryProps {
  readonly item: QueueItem
}

const stages: Readonly<Record<QueueStage, { readonly label: string; readonly Icon: typeof IconSend }>> = {
  sending: { label: 'Being sent', Icon: IconSend },
  waiting: { label: 'Waiting', Icon: IconClockPause },
  conflict: { label: 'In conflict', Icon: IconArrowsDiff },
  refused: { label: 'Refused', Icon: IconAlertTriangle },
  expired: { label: 'Out of time', Icon: IconClockX },
}

/** One change: which flight, what to what, how far it got, and what can be done about it. */
export function QueueEntry({ item }: EntryProps) {
  const { label, Icon } = stages[item.stage]
  return (
    <li className={classes.entry} data-stage={item.stage} data-testid="queue-entry">
      <div className={classes.head}>
        <strong>{item.flight}</strong>
        <span className={classes.stage}>
          <Icon size={15} aria-hidden />
          {label}
        </span>
      </div>
      <Text size="xs" c="var(--fl-muted)">
        {item.route}
      </Text>
      <dl className={classes.fields}>
        {item.fields.map((field) => (
          <div key={field.label} className={classes.field}>
            <dt>{field.label}</dt>
            <dd>
              <s>{field.from}</s> <IconArrowRight size={13} aria-label="to" /> <strong>{field.to}</strong>
            </dd>
          </div>
        ))}
      </dl>
      <Text size="xs" c="var(--fl-muted)">
        {item.times}
      </Text>
      {item.words && (
        <Text size="sm" c="var(--fl-bad)" mt={2}>
          {item.words}
        </Text>
      )}
      <EntryActions item={item} />
    </li>
  )
}

function EntryActions({ item: { command, stage, failed } }: EntryProps) {
  const { runner, workbench } = useConsole()
  const [isAsking, setAsking] = useState(false)
  const show = () => workbench.setState({ isQueueOpen: false, asked: { kind: 'show', id: command.base.id } })
  if (isAsking) return <Confirmation onYes={() => runner.putAway(command)} onNo={() => setAsking(false)} />
  return (
    <Group gap={6} mt={6}>
      <Button size="compact-xs" variant="default" onClick={show}>
        Show on board
      </Button>
      {failed && (
        <Button size="compact-xs" data-testid="queue-again" onClick={() => void runner.again(failed)}>
          Do again on what is there now
        </Button>
      )}
      {stage !== 'sending' && stage !== 'conflict' && (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          data-testid="queue-put-away"
          onClick={() => setAsking(true)}
        >
          Put away
        </Button>
      )}
    </Group>
  )
}

function Confirmation({ onYes, onNo }: { readonly onYes: () => void; readonly onNo: () => void }) {
  return (
    <Group gap={6} mt={6} role="group" aria-label="Put away?">
      <Text size="sm">Put away? It will not be sent.</Text>
      <Button size="compact-xs" color="red" autoFocus data-testid="queue-put-away-yes" onClick={onYes}>
        Put away
      </Button>
      <Button size="compact-xs" variant="default" onClick={onNo}>
        Keep
      </Button>
    </Group>
  )
}
