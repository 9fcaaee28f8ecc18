/** Airports by code, as `GET /api/places` answers. */
export type Places = Readonly<Record<string, { readonly name: string; readonly city?: string; readonly zone?: string }>>

/** What a place is called on a card: its city; else its name without the words that every airport's name ends with; else its code. */
export function placeName(places: Places, code: string): string {
  const place = Object.hasOwn(places, code) ? places[code] : undefined
  return (
    place?.city ??
    (place?.name.replace(/\s+(intl|international|airport|regional|rgnl|muni(cipal)?|mem|field|fld)\b.*$/i, '').trim() ||
      code)
  )
}
