import { HOUR, MINUTE } from '../../../src/shared/domain/instant.ts'
import { addDays, localDate, localMinutes } from '../../../src/shared/lib/zone-time.ts'
import type { Reference } from '../reference/reference-data.ts'
import type { DayRow } from './day-row.ts'

/**
 * The zone of a row's station: that of the reference, else fixed hours from UTC as `time_hour` shows them, else UTC.
 */
export function originZone(row: DayRow, reference: Reference): string {
  const known = reference.airports.get(row.origin)?.zone
  if (known) return known
  if (row.hourAt === undefined) return 'UTC'
  const local = Date.parse(row.date) + Math.floor(row.scheduledDeparture / 60) * HOUR
  const hours = Math.round((local - row.hourAt) / HOUR)
  // POSIX counts west of Greenwich as positive.
  if (hours < -12 || hours > 14) return 'UTC'
  return hours === 0 ? 'UTC' : `Etc/GMT${hours < 0 ? '+' : '-'}${Math.abs(hours)}`
}

/**
 * The scheduled local date of a row. The date columns are those of most rows; where `time_hour` agrees with the
 * scheduled clock but names another date, the row was scheduled on that one.
 */
export function scheduledDate(row: DayRow, zone: string): string {
  if (row.hourAt === undefined) return row.date
  const sameHour = Math.floor(localMinutes(zone, row.hourAt) / 60) === Math.floor(row.scheduledDeparture / 60)
  return sameHour ? localDate(zone, row.hourAt) : row.date
}

/** The date that most rows are scheduled on: the day that is replayed. */
export function mainDate(dates: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const date of dates) counts.set(date, (counts.get(date) ?? 0) + 1)
  const [first = ''] =
    [...counts].sort(([left, many], [right, most]) => most - many || left.localeCompare(right))[0] ?? []
  return first
}

// A date far from the day is a slip of the file: the row stays on the day rather than being lost to next year.
const FARTHEST = 1

/** Today's date for a row: as many days from the day's date as in the file. */
export function dateToday(today: string, from: { readonly main: string; readonly date: string }): string {
  const days = Math.round((Date.parse(from.date) - Date.parse(from.main)) / (24 * 60 * MINUTE))
  return Math.abs(days) <= FARTHEST ? addDays(today, days) : today
}
