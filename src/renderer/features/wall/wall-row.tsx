import { IconClockExclamation, IconPlaneDeparture, IconUsers, IconX } from '@tabler/icons-react'
import type { Departure } from '../../../shared/domain/departure.ts'
import { useConsole, useSlice } from '../../components/console-context.ts'
import type { Tone } from '../../lib/status-view.ts'
import type { TimeMode } from '../../lib/zoned-time.ts'
import classes from './wall.module.css'
import { toWallRow, wallCells } from './wall-rows.ts'

interface RowProps {
  readonly departure: Departure
  readonly mode: TimeMode
  readonly hasOrigin: boolean
}

const icons: Readonly<Record<Tone, typeof IconX | undefined>> = {
  calm: undefined,
  active: IconUsers,
  attention: IconClockExclamation,
  alarm: IconX,
  done: IconPlaneDeparture,
}

/** One line of the wall; cells that have just changed stand out. */
export function WallRowView({ departure, mode, hasOrigin }: RowProps) {
  const { board } = useConsole()
  const marks = useSlice(board, (state) => state.marks.get(departure.id))
  const row = toWallRow(departure, mode)
  const Icon = icons[row.status.tone]
  const cell = (name: keyof typeof wallCells, extra = '') => ({
    className: `${classes.cell} ${extra}`,
    'data-marked': wallCells[name].some((column) => marks?.has(column)),
  })
  return (
    <li className={classes.row} data-origin={hasOrigin} data-tone={row.status.tone} data-testid="wall-row">
      <span {...cell('time', row.estimate === '' ? '' : classes.replaced)}>{row.time}</span>
      <span {...cell('estimate', classes.estimate)}>{row.estimate}</span>
      <span {...cell('flight', classes.flight)}>{row.flight}</span>
      {hasOrigin && <span className={classes.cell}>{row.origin}</span>}
      <span {...cell('destination')}>{row.destination}</span>
      <span {...cell('gate', classes.gate)}>{row.gate}</span>
      <span {...cell('status', classes.status)}>
        {Icon && <Icon size="0.9em" aria-hidden />}
        {row.status.label}
      </span>
      <span {...cell('note', classes.note)}>
        <span className={classes.text}>{row.note}</span>
      </span>
    </li>
  )
}
