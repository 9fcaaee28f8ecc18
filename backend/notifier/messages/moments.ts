import type { Instant } from '../../../src/shared/domain/instant.ts'
import { zoneLabel } from '../../../src/shared/lib/zone-label.ts'
import { isZone, localDate } from '../../../src/shared/lib/zone-time.ts'

/** Writes moments as somebody with this language reads them, in the zone of one station, always labelled. */
export interface Moments {
  /** E.g. `3:40 PM EST`, with the date where it is another day than that of the flight. */
  time(at: Instant): string
  /** E.g. `Friday, November 20`. */
  date(at: Instant): string
}

const known = new Map<string, Moments>()

/**
 * Moments of a flight; making Intl's formatters is slow, so they are kept.
 * @param tag - BCP 47; an invalid one counts as English
 * @param zone - IANA; an unknown one as UTC, which the label then says
 * @param originDate - `YYYY-MM-DD`, local date of the flight
 */
export function momentsFor(tag: string, zone: string, originDate: string): Moments {
  const key = `${tag}|${zone}|${originDate}`
  const moments = known.get(key) ?? createMoments(validTag(tag), validZone(zone), originDate)
  if (known.size > 500) known.clear()
  known.set(key, moments)
  return moments
}

function createMoments(tag: string, timeZone: string, originDate: string): Moments {
  const clock = { hour: 'numeric', minute: '2-digit' } as const
  const day = { weekday: 'long', day: 'numeric', month: 'long' } as const
  const time = new Intl.DateTimeFormat(tag, { ...clock, timeZone })
  const timeOfOtherDay = new Intl.DateTimeFormat(tag, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...clock,
    timeZone,
  })
  const date = new Intl.DateTimeFormat(tag, { ...day, timeZone })
  const write = (format: Intl.DateTimeFormat, at: Instant) => format.format(at).replace(/[\u202f\u00a0]/g, ' ')
  return {
    // The zone is called as on the passengers' page, whatever the language: most know EST only by that name.
    time: (at) =>
      `${write(localDate(timeZone, at) === originDate ? time : timeOfOtherDay, at)} ${zoneLabel(timeZone, at)}`,
    date: (at) => write(date, at),
  }
}

function validTag(tag: string): string {
  try {
    Intl.getCanonicalLocales(tag)
    return tag
  } catch {
    // Intl tells a bad tag only by throwing.
    return 'en'
  }
}

function validZone(zone: string): string {
  return isZone(zone) ? zone : 'UTC'
}
