import { DAY } from '../../shared/domain/instant.ts'
import { localDate } from '../../shared/lib/zone-time.ts'

type Options = Intl.DateTimeFormatOptions

// Making a formatter costs a hundred times what using one costs.
const formats = new Map<string, Intl.DateTimeFormat>()

/** Formats a moment in the words of `locale`. */
export function formatZoned(at: number, locale: string, options: Options): string {
  return formatOf(locale, options).format(at)
}

/** The city after which a zone is called: `New York` of `America/New_York`. */
export function zoneCity(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
}

/** Calendar days from a date to that of a moment in `zone`, e.g. 1 for the next day. */
export function dayOffset(at: number, zone: string, from: string): number {
  return Math.round((Date.parse(localDate(zone, at)) - Date.parse(from)) / DAY)
}

function formatOf(locale: string, options: Options): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options)
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, known)
  return known
}
