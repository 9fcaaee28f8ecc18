import type { Departure } from '../../../shared/domain/departure.ts'
import { HOUR, type Instant, MINUTE } from '../../../shared/domain/instant.ts'
import { deriveStatus } from '../../../shared/domain/status.ts'
import { bySchedule } from '../../lib/by-schedule.ts'
import type { ColumnId } from '../../lib/changed-columns.ts'
import { delayBand, delayText, flightName, reasonCodes, shownEstimate } from '../../lib/departure-view.ts'
import { type StatusView, statusView } from '../../lib/status-view.ts'
import { formatClock, type TimeMode, zoneOf } from '../../lib/zoned-time.ts'

/** One departure as it is read from across a room. */
export interface WallRow {
  readonly id: string
  readonly time: string
  /** The time that counts instead, where it is another one. */
  readonly estimate: string
  readonly flight: string
  readonly origin: string
  readonly destination: string
  readonly gate: string
  readonly status: StatusView
  /** Delay with its codes, and the remark: for staff. */
  readonly note: string
}

// Who has left is of interest for a moment, a cancellation until nobody comes for that flight any more.
const LEFT_FOR = 5 * MINUTE
const CANCELLED_FOR = 30 * MINUTE
const AHEAD = 12 * HOUR

/**
 * The departures that matter around now, the next to leave first: on a bad day the schedule's order is that of the
 * longest delays. @param station - `null` for all
 */
export function selectForWall(
  departures: Iterable<Departure>,
  station: string | null,
  operational: Instant,
): readonly Departure[] {
  return [...departures]
    .filter((departure) => station === null || departure.origin === station)
    .filter((departure) => leavesAt(departure) <= operational + AHEAD && !isOver(departure, operational))
    .sort((left, right) => leavesAt(left) - leavesAt(right) || bySchedule(left, right))
}

/** Writes a departure for the wall. */
export function toWallRow(departure: Departure, mode: TimeMode): WallRow {
  const { id, scheduledAt, origin, originZone, destination, diverted, gate, remark } = departure
  const zone = zoneOf(mode, originZone)
  const time = formatClock(scheduledAt, zone)
  return {
    ...{ id, time, origin, gate: gate ?? '–' },
    estimate: estimateText(departure, { zone, time }),
    flight: flightName(departure),
    destination: diverted ? `${destination} ⤳ ${diverted.airport ?? '?'}` : destination,
    status: statusView(deriveStatus(departure)),
    note: [delayNote(departure), remark].filter(Boolean).join(' · '),
  }
}

/** Cells of the wall, by the columns of the board whose change they show. */
export const wallCells = {
  time: ['time'],
  estimate: ['estimate'],
  flight: [],
  destination: ['destination'],
  gate: ['gate'],
  status: ['status'],
  note: ['delay'],
} as const satisfies Readonly<Record<string, readonly ColumnId[]>>

/** The best time known; of a cancelled one that of the schedule, at which people come for it. */
function leavesAt(departure: Departure): Instant {
  const shown = departure.cancelled ? undefined : shownEstimate(departure)
  return shown?.at ?? departure.scheduledAt
}

function isOver({ offBlockAt, takeOffAt, cancelled, scheduledAt }: Departure, now: Instant): boolean {
  if (cancelled) return now > scheduledAt + CANCELLED_FOR
  const left = offBlockAt ?? takeOffAt
  return left !== undefined && now > left + LEFT_FOR
}

function estimateText(departure: Departure, { zone, time }: { readonly zone: string; readonly time: string }): string {
  if (departure.cancelled) return ''
  const shown = shownEstimate(departure)
  if (!shown) return ''
  const text = formatClock(shown.at, zone)
  if (shown.kind === 'open') return `info ${text}`
  return text === time ? '' : text
}

function delayNote(departure: Departure): string {
  const band = delayBand(departure)
  const isLate = band === 'late' || band === 'minor' || band === 'open'
  return isLate ? [delayText(departure), reasonCodes(departure)].filter(Boolean).join('  ') : ''
}
