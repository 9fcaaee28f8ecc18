import { Tooltip } from '@mantine/core'
import { zoneLabel } from '../../../shared/lib/zone-label.ts'
import { localDate } from '../../../shared/lib/zone-time.ts'
import { useConsole, useSlice } from '../../components/console-context.ts'
import { useClocks } from '../../components/use-ticking.ts'
import { homeZone } from '../../lib/home-zone.ts'
import { formatClock } from '../../lib/zoned-time.ts'
import { isReplay } from '../../stores/clock-store.ts'
import classes from './connection.module.css'

/** The time in which the board lives, at the station and in UTC, and whether that is the time of day. */
export function OperationalClock() {
  const { board, view } = useConsole()
  const zone = useSlice(board, ({ departures }) => homeZone(departures.values()))
  const mode = useSlice(view, ({ timeMode }) => timeMode)
  const clocks = useClocks(1_000)
  if (!clocks) return null
  const local = zone ?? 'UTC'
  const [first, second] = mode === 'utc' ? ['UTC', local] : [local, 'UTC']
  const { operational, wall, rate } = clocks
  return (
    <div className={classes.clock} data-testid="operational-clock">
      <Time instant={operational} zone={first} isLarge />
      <Time instant={operational} zone={second} />
      {isReplay(clocks) && (
        <Tooltip label={`Replayed day, not the time of day: that is ${formatClock(wall, 'UTC')} UTC`}>
          <span className={classes.replay} data-testid="replay">
            Replay{rate === 1 ? '' : ` ×${rate}`}
          </span>
        </Tooltip>
      )}
    </div>
  )
}

interface TimeProps {
  readonly instant: number
  readonly zone: string
  readonly isLarge?: boolean
}

function Time({ instant, zone, isLarge = false }: TimeProps) {
  const seconds = String(Math.floor(instant / 1_000) % 60).padStart(2, '0')
  return (
    <time className={isLarge ? classes.large : classes.small} title={localDate(zone, instant)}>
      {formatClock(instant, zone)}
      {isLarge && <span className={classes.seconds}>:{seconds}</span>} <small>{zoneLabel(zone, instant)}</small>
    </time>
  )
}
