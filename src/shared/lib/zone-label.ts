import type { Instant } from '../domain/instant.ts'

// American English knows EST but calls CET "GMT+1"; British English the other way round; AEST is known to Australians.
const locales = ['en-US', 'en-GB', 'en-AU']

// Making a formatter costs a hundred times what using one costs.
const formats = new Map<string, readonly Intl.DateTimeFormat[]>()

/** The short name of a zone at that moment, e.g. `EST`, `CET`, `UTC`; `GMT+9` where nobody has given it one. */
export function zoneLabel(zone: string, at: Instant): string {
  const names = formatsOf(zone).map((format) => nameOf(format, at))
  return names.find((name) => !/^(GMT|UTC)[+-]/.test(name)) ?? names[0] ?? zone
}

function formatsOf(zone: string): readonly Intl.DateTimeFormat[] {
  const known = formats.get(zone)
  if (known) return known
  const made = locales.map((locale) => new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' }))
  formats.set(zone, made)
  return made
}

function nameOf(format: Intl.DateTimeFormat, at: Instant): string {
  return format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
}
