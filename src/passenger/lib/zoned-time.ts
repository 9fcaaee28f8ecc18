const DAY = 86_400_000

type Options = Intl.DateTimeFormatOptions

// Making a formatter costs a hundred times what using one costs.
const formats = new Map<string, Intl.DateTimeFormat>()

/** Formats a moment in the words of `locale`. */
export function formatZoned(at: number, locale: string, options: Options): string {
  return formatOf(locale, options).format(at)
}

/** The short name of a zone at that moment, e.g. `EST`, `CET`, `GMT+9`. */
export function zoneLabel(at: number, zone: string): string {
  const names = ['en-US', 'en-GB', 'en-AU'].map((locale) => zoneName(at, zone, locale))
  // American English knows EST but calls CET "GMT+1"; British English the other way round.
  return names.find((name) => !/^(GMT|UTC)[+-]/.test(name)) ?? names[0] ?? zone
}

/** The city after which a zone is called: `New York` of `America/New_York`. */
export function zoneCity(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
}

/** Calendar days from a date to that of a moment in `zone`, e.g. 1 for the next day. */
export function dayOffset(at: number, zone: string, from: string): number {
  const date = formatZoned(at, 'en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return Math.round((Date.parse(date) - Date.parse(from)) / DAY)
}

function zoneName(at: number, zone: string, locale: string): string {
  const parts = formatOf(locale, { timeZone: zone, timeZoneName: 'short' }).formatToParts(at)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone
}

function formatOf(locale: string, options: Options): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options)
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, known)
  return known
}
