/** A column of an import file, as the code reads it and the documentation shows it. */
export interface ImportColumn {
  readonly name: string
  /** A file without this column is refused, a row without a value rejected. */
  readonly required: boolean
  /** Required after all when the file has no column of this name. */
  readonly unless?: string
  readonly meaning: string
}

const moment = 'ISO 8601 with an offset or Z; without one it is the local time of'

/** Columns of `POST /api/import/departures`, in any order. Further columns are ignored; an empty cell changes nothing. */
export const departureColumns = [
  { name: 'carrier', required: true, meaning: 'Two-character airline designator, such as B6' },
  { name: 'number', required: true, meaning: 'Flight number, one to four digits' },
  { name: 'suffix', required: false, meaning: 'Operational suffix, one letter' },
  { name: 'origin_date', required: true, meaning: 'Scheduled local date at the origin, YYYY-MM-DD; never moves' },
  { name: 'sequence', required: false, meaning: '2 and up for a further leg under the same key' },
  { name: 'origin', required: true, meaning: 'Station of departure, IATA code' },
  { name: 'origin_zone', required: false, meaning: 'IANA zone of the origin, where the product does not know it' },
  { name: 'destination', required: true, meaning: 'IATA code; cannot change once the departure exists' },
  { name: 'destination_zone', required: false, meaning: 'IANA zone of the destination' },
  { name: 'scheduled_departure', required: true, meaning: `Off-block time, ${moment} the origin` },
  { name: 'scheduled_arrival', required: false, meaning: `In-block time, ${moment} the destination` },
  { name: 'estimated_departure', required: false, meaning: `Estimated off-block time, ${moment} the origin` },
  { name: 'terminal', required: false, meaning: 'One to six letters and digits' },
  { name: 'gate', required: false, meaning: 'One to six letters and digits' },
  { name: 'stand', required: false, meaning: 'One to six letters and digits' },
  { name: 'registration', required: false, meaning: 'Registration of the aircraft' },
  { name: 'aircraft_type', required: false, meaning: 'Type designator of two to four characters, such as A320' },
  { name: 'codeshares', required: false, meaning: 'Further flight numbers of this leg, separated by blanks, ; or /' },
  { name: 'cancelled', required: false, meaning: 'yes, no, or the reason of the cancellation, such as WEAT' },
] as const satisfies readonly ImportColumn[]

/** Columns of `POST /api/import/bookings`, in any order. Further columns are ignored. */
export const bookingColumns = [
  { name: 'id', required: false, meaning: 'Id of the booking; without it, made of departure, reference and name' },
  { name: 'reference', required: true, meaning: 'Record locator, six letters or digits' },
  { name: 'departure_id', required: false, meaning: 'Such as B6739-2026-11-20-JFK; or the next five columns' },
  {
    name: 'carrier',
    required: false,
    unless: 'departure_id',
    meaning: 'Two-character airline designator of the operating flight',
  },
  { name: 'number', required: false, unless: 'departure_id', meaning: 'Flight number of the operating flight' },
  { name: 'suffix', required: false, meaning: 'Operational suffix' },
  {
    name: 'origin_date',
    required: false,
    unless: 'departure_id',
    meaning: 'Scheduled local date at the origin, YYYY-MM-DD',
  },
  { name: 'origin', required: false, unless: 'departure_id', meaning: 'Station of departure, IATA code' },
  { name: 'flight_number_as_booked', required: false, meaning: 'The number on the ticket, where it is a codeshare' },
  { name: 'name', required: true, meaning: 'Name of the passenger' },
  { name: 'language', required: false, meaning: 'BCP 47; en when empty' },
  { name: 'zone', required: false, meaning: 'IANA zone of the passenger; that of the origin when empty' },
  { name: 'email', required: false, meaning: 'Kept sealed' },
  { name: 'phone', required: false, meaning: 'With + and country code; kept sealed' },
  { name: 'seat', required: false, meaning: 'Such as 12A' },
  { name: 'cabin', required: false, meaning: 'As the airline names it' },
] as const satisfies readonly ImportColumn[]

/** Name of a column of departures. */
export type DepartureColumn = (typeof departureColumns)[number]['name']

/** Name of a column of bookings. */
export type BookingColumn = (typeof bookingColumns)[number]['name']
