import { DAY, HOUR, type Instant, MINUTE } from '../domain/instant.ts'

// Offsets change on quarter hours at the finest, so one look-up per quarter answers for all its moments.
const QUARTER = 15 * MINUTE
const KEPT = 50_000

const formats = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, number>()

/** Whether `zone` is an IANA zone that this machine knows. */
export function isZone(zone: string): boolean {
  try {
    formatOf(zone)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** Milliseconds that the local clock of `zone` is ahead of UTC at a moment. */
export function zoneOffset(zone: string, at: Instant): number {
  const quarter = Math.floor(at / QUARTER) * QUARTER
  const key = `${zone}|${quarter}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  if (offsets.size >= KEPT) offsets.clear()
  const offset = readOffset(zone, quarter)
  offsets.set(key, offset)
  return offset
}

/** The local date of `zone` at a moment, `YYYY-MM-DD`. */
export function localDate(zone: string, at: Instant): string {
  return new Date(at + zoneOffset(zone, at)).toISOString().slice(0, 10)
}

/** Minutes since local midnight of `zone` at a moment. */
export function localMinutes(zone: string, at: Instant): number {
  return Math.floor((((at + zoneOffset(zone, at)) % DAY) + DAY) / MINUTE) % (DAY / MINUTE)
}

/** The date some days after another. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10)
}

/**
 * The moment at which the local clock of `zone` shows a time. A time that a clock change leaves out moves forward by
 * the gap; of a time that occurs twice it is the first.
 * @param minutes - since local midnight; 1440 is midnight at the end of the day
 */
export function localInstant(zone: string, date: string, minutes: number): Instant {
  const local = Date.parse(date) + minutes * MINUTE
  const before = zoneOffset(zone, local - DAY)
  const after = zoneOffset(zone, local + DAY)
  const early = local - before
  const late = local - after
  if (zoneOffset(zone, early) === before || zoneOffset(zone, late) !== after) return early
  return late
}

function readOffset(zone: string, at: Instant): number {
  const parts = formatOf(zone).formatToParts(at)
  const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value)
  const midnight = Date.UTC(read('year'), read('month') - 1, read('day'))
  return midnight + read('hour') * HOUR + read('minute') * MINUTE + read('second') * 1000 - at
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formats.set(zone, format)
  return format
}
