import { Loader } from '@mantine/core'
import {
  IconAlertTriangle,
  IconArrowUpRight,
  IconCheck,
  IconClockExclamation,
  IconClockPause,
  IconClockQuestion,
  IconDots,
  IconPlane,
  IconPlaneDeparture,
  IconUsers,
  IconX,
} from '@tabler/icons-react'
import type { CustomCellRendererProps } from 'ag-grid-react'
import type { ReactNode } from 'react'
import type { Departure } from '../../../shared/domain/departure.ts'
import { deriveStatus } from '../../../shared/domain/status.ts'
import { zoneLabel } from '../../../shared/lib/zone-label.ts'
import { formatAge } from '../../lib/age.ts'
import type { ColumnId } from '../../lib/changed-columns.ts'
import {
  type DelayBand,
  delayBand,
  delayText,
  latestOrigin,
  reasonCodes,
  shownEstimate,
} from '../../lib/departure-view.ts'
import { statusView, type Tone } from '../../lib/status-view.ts'
import { daysBetween, formatClock, zoneOf } from '../../lib/zoned-time.ts'
import classes from './board.module.css'
import { sourceNames } from './cell-text.ts'
import type { GridContext } from './grid-context.ts'

/** What the grid hands to every cell. */
export type CellProps = Pick<CustomCellRendererProps<Departure, unknown, GridContext>, 'data' | 'context'>

const bandIcons: Readonly<Record<DelayBand, typeof IconCheck | undefined>> = {
  early: IconCheck,
  'on-time': undefined,
  minor: IconArrowUpRight,
  late: IconClockExclamation,
  open: IconClockQuestion,
  none: undefined,
}

const toneIcons: Readonly<Record<Tone, typeof IconCheck | undefined>> = {
  calm: undefined,
  active: IconUsers,
  attention: IconClockExclamation,
  alarm: IconX,
  done: IconPlaneDeparture,
}

/** Scheduled time of departure, with a mark for another day than today. */
export function TimeCell({ data, context }: CellProps) {
  if (!data) return null
  const { zone, mode } = context.times(data)
  const days = daysBetween(context.clocks().operational, data.scheduledAt, zoneOf(mode, zone))
  return (
    <>
      <ClockText departure={data} instant={data.scheduledAt} context={context} />
      {days !== 0 && <sup className={classes.day}>{days > 0 ? `+${days}` : `−${-days}`}</sup>}
    </>
  )
}

/** Destination; where the flight was diverted, that too. */
export function DestinationCell({ data, context }: CellProps) {
  if (!data) return null
  return (
    <Pending departure={data} column="destination" context={context}>
      {data.destination}
      {data.diverted && <span className={classes.bad}> ⤳ {data.diverted.airport ?? '?'}</span>}
    </Pending>
  )
}

/** Gate and terminal. */
export function GateCell({ data, context }: CellProps) {
  if (!data) return null
  return (
    <Pending departure={data} column="gate" context={context}>
      <strong className={classes.gate}>{data.gate ?? '–'}</strong>
      {data.terminal && <span className={classes.muted}> T{data.terminal}</span>}
    </Pending>
  )
}

/** Best time known for leaving the stand. */
export function EstimateCell({ data, context }: CellProps) {
  if (!data) return null
  const shown = shownEstimate(data)
  return (
    <Pending departure={data} column="estimate" context={context}>
      {shown && (
        <span className={classes[shown.kind]}>
          {shown.kind === 'open' && <span className={classes.muted}>info </span>}
          <ClockText departure={data} instant={shown.at} context={context} />
          {shown.kind === 'actual' && <IconPlane size={13} aria-label="actual" />}
        </span>
      )}
      {data.feedEstimatedAt !== undefined && (
        <IconAlertTriangle size={14} className={classes.warn} aria-label="feed differs" />
      )}
    </Pending>
  )
}

/** Delay in minutes; colour, sign and icon say the same. */
export function DelayCell({ data, context }: CellProps) {
  if (!data) return null
  const band = delayBand(data)
  const Icon = bandIcons[band]
  return (
    <Pending departure={data} column="delay" context={context}>
      <span className={classes.delay} data-band={band}>
        <span className={classes.icon}>{Icon && <Icon size={15} aria-hidden />}</span>
        {delayText(data)}
      </span>
      <span className={classes.codes}>{reasonCodes(data)}</span>
    </Pending>
  )
}

/** Derived status. */
export function StatusCell({ data, context }: CellProps) {
  if (!data) return null
  const { label, tone } = statusView(deriveStatus(data))
  const Icon = toneIcons[tone]
  return (
    <Pending departure={data} column="status" context={context}>
      <span className={classes.status} data-tone={tone}>
        {Icon && <Icon size={14} aria-hidden />}
        {label}
      </span>
      {data.conflicts && <IconAlertTriangle size={15} className={classes.bad} aria-label="conflict between sources" />}
    </Pending>
  )
}

/** Where the newest fact of the row came from, and how old it is. */
export function SourceCell({ data, context }: CellProps) {
  const origin = data && latestOrigin(data)
  if (!origin) return null
  return (
    <>
      {origin.by ?? sourceNames[origin.source]}{' '}
      <span className={classes.muted}>{formatAge(context.wall() - origin.at)}</span>
    </>
  )
}

/** The button that opens the menu of the row. The grid handles the click, as it does Enter. */
export function MenuCell({ data }: CellProps) {
  if (!data) return null
  return (
    <button type="button" className={classes.menuButton} tabIndex={-1} aria-label="Actions">
      <IconDots size={16} aria-hidden />
    </button>
  )
}

interface PendingProps {
  readonly departure: Departure
  readonly column: ColumnId
  readonly context: GridContext
  readonly children: ReactNode
}

/** Shows what is accepted; beside it that something else is on its way. */
function Pending({ departure, column, context, children }: PendingProps) {
  const pending = context.pending(departure, column)
  return (
    <span className={classes.cell}>
      {children}
      {pending && (
        <span className={classes.pending} role="status" data-testid="pending">
          {pending.stage === 'sending' ? <Loader size={12} aria-hidden /> : <IconClockPause size={14} aria-hidden />}
          {pending.stage === 'sending' ? 'sending' : 'waiting'}
        </span>
      )}
    </span>
  )
}

interface ClockTextProps {
  readonly departure: Departure
  readonly instant: number
  readonly context: GridContext
}

function ClockText({ departure, instant, context }: ClockTextProps) {
  const { zone, mode } = context.times(departure)
  const shown = zoneOf(mode, zone)
  return (
    <>
      {formatClock(instant, shown)} <small className={classes.zone}>{zoneLabel(shown, instant)}</small>
    </>
  )
}
