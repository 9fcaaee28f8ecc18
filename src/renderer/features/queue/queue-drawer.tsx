import { Drawer, Text } from '@mantine/core'
import { useConsole, useSlice } from '../../components/console-context.ts'
import { useClocks } from '../../components/use-ticking.ts'
import classes from './queue.module.css'
import { QueueEntry } from './queue-entry.tsx'
import { toQueueItems } from './queue-view.ts'

/** The changes that have no good end yet: what waits, what needs a decision, and what was not made. */
export function QueueDrawer() {
  const { workbench } = useConsole()
  const isOpen = useSlice(workbench, ({ isQueueOpen }) => isQueueOpen)
  return (
    <Drawer
      opened={isOpen}
      position="right"
      size={520}
      title={
        <Text component="span" fw={600} size="md">
          Changes without an answer
        </Text>
      }
      closeButtonProps={{ 'aria-label': 'Close the list' }}
      overlayProps={{ backgroundOpacity: 0.15 }}
      attributes={{ content: { 'data-testid': 'queue' } }}
      onClose={() => workbench.setState({ isQueueOpen: false })}
    >
      <Queue />
    </Drawer>
  )
}

/** The list itself. */
export function Queue() {
  const { commands, connection, view } = useConsole()
  const state = useSlice(commands, (current) => current)
  const mode = useSlice(view, ({ timeMode }) => timeMode)
  const isLive = useSlice(connection, ({ phase }) => phase === 'live')
  const clocks = useClocks(5_000)
  const items = toQueueItems(state, { mode, clocks: clocks ?? { wall: Date.now(), operational: Date.now(), rate: 1 } })
  if (items.length === 0) return <Text c="var(--fl-muted)">Every change has its answer.</Text>
  return (
    <>
      <Text size="sm" c="var(--fl-muted)" mb="sm">
        {isLive
          ? 'Waiting changes are sent by themselves, in this order.'
          : 'Kept on this machine, and sent in this order as soon as the service answers. None is sent after its time.'}
      </Text>
      <ol className={classes.list}>
        {items.map((item) => (
          <QueueEntry key={item.command.commandId} item={item} />
        ))}
      </ol>
    </>
  )
}
