import { Button } from '@mantine/core'
import { IconPlugConnected, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react'
import { useConsole, useSlice } from '../../components/console-context.ts'
import { useTicking } from '../../components/use-ticking.ts'
import classes from './connection.module.css'
import { type ConnectionView, connectionView } from './connection-text.ts'

const icons: Readonly<Record<ConnectionView['tone'], typeof IconRefresh>> = {
  live: IconPlugConnected,
  late: IconRefresh,
  lost: IconPlugConnectedX,
}

/** Whether what is shown is the present, and if not, how old it is. */
export function ConnectionBadge() {
  const { connection, retryNow } = useConsole()
  const state = useSlice(connection, ({ phase, heardAt }) => ({ phase, heardAt }))
  const now = useTicking(1_000)
  const { tone, label } = connectionView(state, Math.max(now, state.heardAt ?? now))
  const Icon = icons[tone]
  return (
    <div className={classes.connection}>
      {/* Only the tone is announced: an age that is read out every second drowns everything else. */}
      <output
        className={classes.badge}
        data-tone={tone}
        data-testid="connection"
        aria-live={tone === 'live' ? 'polite' : 'off'}
      >
        <Icon size={16} aria-hidden />
        {label}
      </output>
      {tone === 'lost' && (
        <Button size="compact-xs" variant="default" onClick={retryNow}>
          Try now
        </Button>
      )}
    </div>
  )
}
