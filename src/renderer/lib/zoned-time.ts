import { DAY, type Instant } from '../../shared/domain/instant.ts'
import { localDate, localMinutes } from '../../shared/lib/zone-time.ts'

/** Which of the two times a screen shows first. */
export type TimeMode = 'local' | 'utc'

/** `HH:mm` in a zone; `UTC` is a zone too. */
export function formatClock(instant: Instant, zone: string): string {
  const minutes = localMinutes(zone, instant)
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
}

/** Whole calendar days from the date of `from` to the date of `to`, both read in `zone`. */
export function daysBetween(from: Instant, to: Instant, zone: string): number {
  return Math.round((Date.parse(localDate(zone, to)) - Date.parse(localDate(zone, from))) / DAY)
}

/** The zone in which a mode shows the times of a station. */
export function zoneOf(mode: TimeMode, stationZone: string): string {
  return mode === 'utc' ? 'UTC' : stationZone
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
