import { HOUR, type Instant, MINUTE } from '../../shared/domain/instant.ts'
import { addDays, localDate, localInstant } from '../../shared/lib/zone-time.ts'
import { type TimeMode, zoneOf } from './zoned-time.ts'

/** What somebody typed where a time is asked: minutes after schedule, or a time of day. */
export type TimeEntry =
  | { readonly kind: 'minutes'; readonly minutes: number }
  | { readonly kind: 'clock'; readonly minuteOfDay: number; readonly mode?: TimeMode }

/** Against what an entry is read. */
export interface EntryContext {
  readonly scheduledAt: Instant
  readonly zone: string
  /** Which time a clock without `Z` or `L` means. */
  readonly mode: TimeMode
}

const minutesPattern = /^([+-]\d{1,4}|\d{1,3})$/
const clockPattern = /^([01]?\d|2[0-3]):?([0-5]\d)\s*([ZL]?)$/i

// A typed time of day means the one around the schedule: more than 6 h early is the next day, not an early departure.
const EARLIEST = 6 * HOUR

/**
 * Reads `45`, `+45`, `-5`, `1405`, `14:05`, `1405Z` (UTC) or `1405L` (local at the station).
 * @returns `undefined` for anything else
 */
export function parseTimeEntry(text: string): TimeEntry | undefined {
  const entry = text.trim()
  if (minutesPattern.test(entry)) return { kind: 'minutes', minutes: Number(entry) }
  const [, hours, minutes, suffix] = clockPattern.exec(entry) ?? []
  if (hours === undefined || minutes === undefined) return undefined
  const minuteOfDay = Number(hours) * 60 + Number(minutes)
  if (!suffix) return { kind: 'clock', minuteOfDay }
  return { kind: 'clock', minuteOfDay, mode: suffix.toUpperCase() === 'Z' ? 'utc' : 'local' }
}

/** The moment an entry means, next to the schedule of its departure. */
function resolveTimeEntry(entry: TimeEntry, context: EntryContext): Instant {
  const { scheduledAt } = context
  if (entry.kind === 'minutes') return scheduledAt + entry.minutes * MINUTE
  const zone = zoneOf(entry.mode ?? context.mode, context.zone)
  const earliest = scheduledAt - EARLIEST
  const date = localDate(zone, earliest)
  const sameDay = localInstant(zone, date, entry.minuteOfDay)
  return sameDay >= earliest ? sameDay : localInstant(zone, addDays(date, 1), entry.minuteOfDay)
}

/** As {@link parseTimeEntry} and {@link resolveTimeEntry} together. */
export function readTimeEntry(text: string, context: EntryContext): Instant | undefined {
  const entry = parseTimeEntry(text)
  return entry && resolveTimeEntry(entry, context)
}
