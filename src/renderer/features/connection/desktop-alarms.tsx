import { IconPlugConnectedX } from '@tabler/icons-react'
import { useConsole, useSlice } from '../../components/console-context.ts'
import { useClocks } from '../../components/use-ticking.ts'
import { homeZone } from '../../lib/home-zone.ts'
import { isReplay } from '../../stores/clock-store.ts'
import type { DesktopSide } from '../../stores/desktop-side.ts'
import classes from './connection.module.css'
import { desktopAlarms } from './desktop-text.ts'

/** What is wrong with store, log or the bundled backend of this desktop. In a browser nothing is known of them. */
export function DesktopAlarms() {
  const { desktop } = useConsole()
  return desktop ? <Alarms desktop={desktop} /> : null
}

function Alarms({ desktop: { state } }: { readonly desktop: DesktopSide }) {
  const { board, connection, view, now } = useConsole()
  const desktop = useSlice(state, (current) => current.desktop)
  const zone = useSlice(board, ({ departures }) => homeZone(departures.values())) ?? 'UTC'
  const mode = useSlice(view, ({ timeMode }) => timeMode)
  const heardAt = useSlice(connection, (current) => current.heardAt)
  const clocks = useClocks(1_000)
  if (!desktop) return null
  const age = heardAt === undefined ? undefined : Math.max(0, now() - heardAt)
  const context = { zone, mode, age, isReplay: clocks !== undefined && isReplay(clocks) }
  return desktopAlarms(desktop, context).map(({ part, text }) => (
    // Not an alert: its age changes every second, and that something is lost is announced by the notification.
    <div key={part} className={classes.fault} data-testid={`alarm-${part}`}>
      <IconPlugConnectedX size={16} aria-hidden />
      {text}
    </div>
  ))
}
