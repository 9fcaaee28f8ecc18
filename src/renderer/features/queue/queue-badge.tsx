import { Button } from '@mantine/core'
import { IconAlertTriangle, IconClockPause } from '@tabler/icons-react'
import { useConsole, useSlice } from '../../components/console-context.ts'
import { countQueue, queueLabel } from './queue-view.ts'

/** How many changes have no good end yet; opens the list of them. Nothing to say, nothing shown. */
export function QueueBadge() {
  const { commands, workbench } = useConsole()
  const counts = useSlice(commands, countQueue)
  const label = queueLabel(counts)
  if (label === '') return null
  const isGrave = counts.failed + counts.conflicts > 0
  const Icon = isGrave ? IconAlertTriangle : IconClockPause
  return (
    <Button
      size="compact-sm"
      variant="light"
      color={isGrave ? 'red' : 'yellow'}
      c={isGrave ? 'var(--fl-bad)' : 'var(--fl-warn)'}
      leftSection={<Icon size={15} aria-hidden />}
      aria-label={`Changes without an answer: ${label}`}
      data-testid="open-queue"
      onClick={() => workbench.setState({ isQueueOpen: true })}
    >
      {label}
    </Button>
  )
}
