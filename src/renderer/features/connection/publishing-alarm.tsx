import { IconBroadcastOff } from '@tabler/icons-react'
import { useConsole, useSlice } from '../../components/console-context.ts'
import { isPublishingStuck } from '../../stores/connection-store.ts'
import classes from './connection.module.css'
import { publishingText } from './connection-text.ts'

/** The loud one: changes are accepted, but nobody publishes them. */
export function PublishingAlarm() {
  const { connection } = useConsole()
  const publishing = useSlice(connection, (state) => state.publishing)
  if (!isPublishingStuck(publishing)) return null
  return (
    <div className={classes.alarm} role="alert" data-testid="publishing-alarm">
      <IconBroadcastOff size={18} aria-hidden />
      {publishingText(publishing)}
    </div>
  )
}
