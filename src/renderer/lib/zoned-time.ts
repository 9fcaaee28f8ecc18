import { DAY, HOUR, type Instant, MINUTE } from '../../shared/domain/instant.ts'

/** Which of the two times a screen shows first. */
export type TimeMode = 'local' | 'utc'

interface WallClock {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
}

// Making a formatter costs a hundred times what using one costs, and a board formats thousands of times.
const partsFormats = new Map<string, Intl.DateTimeFormat>()
const labelFormats = new Map<string, readonly Intl.DateTimeFormat[]>()

/** `HH:mm` in a zone; `UTC` is a zone too. */
export function formatClock(instant: Instant, zone: string): string {
  const { hour, minute } = readWallClock(instant, zone)
  return `${pad(hour)}:${pad(minute)}`
}

/** `YYYY-MM-DD` in a zone. */
export function formatDate(instant: Instant, zone: string): string {
  const { year, month, day } = readWallClock(instant, zone)
  return `${year}-${pad(month)}-${pad(day)}`
}

/** The short name of a zone at that moment, e.g. `EST`, `UTC`, `CET`, `GMT+9`. */
export function zoneLabel(instant: Instant, zone: string): string {
  if (zone === 'UTC') return 'UTC'
  const names = labelFormatsOf(zone).map((format) => zoneNameOf(format, instant))
  // American English knows EST but calls CET "GMT+1"; British English the other way round.
  return names.find((name) => !name.startsWith('GMT')) ?? names[0] ?? zone
}

/** Whole calendar days from the date of `from` to the date of `to`, both read in `zone`. */
export function daysBetween(from: Instant, to: Instant, zone: string): number {
  return Math.round((Date.parse(formatDate(to, zone)) - Date.parse(formatDate(from, zone))) / DAY)
}

/**
 * The moment at which clocks in `zone` show that time on that date. A time that a clock change skips is read with the
 * offset from before the change; of one that comes twice the first is meant.
 * @param date - `YYYY-MM-DD`
 * @param minuteOfDay - minutes after midnight as the clock shows them
 */
export function instantAt(date: string, minuteOfDay: number, zone: string): Instant {
  const asIfUtc = Date.parse(date) + minuteOfDay * MINUTE
  const before = asIfUtc - offsetAt(asIfUtc - 3 * HOUR, zone)
  const after = asIfUtc - offsetAt(asIfUtc + 3 * HOUR, zone)
  return offsetAt(before, zone) === asIfUtc - before
    ? before
    : offsetAt(after, zone) === asIfUtc - after
      ? after
      : before
}

/** The zone in which a mode shows the times of a station. */
export function zoneOf(mode: TimeMode, stationZone: string): string {
  return mode === 'utc' ? 'UTC' : stationZone
}

function offsetAt(instant: Instant, zone: string): number {
  const { year, month, day, hour, minute } = readWallClock(instant, zone)
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(instant / MINUTE) * MINUTE
}

function readWallClock(instant: Instant, zone: string): WallClock {
  const parts = new Map(
    partsFormatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  )
  return {
    year: parts.get('year') ?? 0,
    month: parts.get('month') ?? 0,
    day: parts.get('day') ?? 0,
    hour: parts.get('hour') ?? 0,
    minute: parts.get('minute') ?? 0,
  }
}

function partsFormatOf(zone: string): Intl.DateTimeFormat {
  const known = partsFormats.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  partsFormats.set(zone, format)
  return format
}

function labelFormatsOf(zone: string): readonly Intl.DateTimeFormat[] {
  const known = labelFormats.get(zone)
  if (known) return known
  const formats = ['en-US', 'en-GB', 'en-AU'].map(
    (locale) => new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' }),
  )
  labelFormats.set(zone, formats)
  return formats
}

function zoneNameOf(format: Intl.DateTimeFormat, instant: Instant): string {
  return format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? ''
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
