import { FlightlineError } from '../lib/errors.ts'

/** `<carrier><number><suffix>-<originDate>-<station>[.sequence]`, e.g. `B6739-2026-11-20-JFK`. */
export type DepartureId = string

/** What a departure id is made of. The date of origin never moves with a delay. */
export interface DepartureKey {
  /** Two-character airline designator, e.g. `B6`. */
  readonly carrier: string
  /** One to four digits, unpadded, as text. */
  readonly number: string
  /** Operational suffix: one letter, or `''`. */
  readonly suffix: string
  /** Scheduled local date at the origin of the flight, `YYYY-MM-DD`. */
  readonly originDate: string
  /** Station of departure, IATA three-letter code. */
  readonly origin: string
  /** 1 for the usual case; 2 and up for a further leg scheduled under the same key. */
  readonly sequence: number
}

const idPattern = /^([A-Z0-9]{2})([1-9]\d{0,3})([A-Z]?)-(\d{4}-\d{2}-\d{2})-([A-Z]{3})(?:\.([2-9]|[1-9]\d))?$/

/**
 * Writes the id of a departure.
 * @param key - its parts; `sequence` is shown only from 2 on
 */
export function formatDepartureId(key: DepartureKey): DepartureId {
  const tail = key.sequence > 1 ? `.${key.sequence}` : ''
  return `${key.carrier}${key.number}${key.suffix}-${key.originDate}-${key.origin}${tail}`
}

/**
 * Reads a departure id.
 * @throws FlightlineError `FL_DEPARTURE_ID` when it does not have the form of one
 */
export function parseDepartureId(id: string): DepartureKey {
  const [, carrier, number, suffix, originDate, origin, sequence] = idPattern.exec(id) ?? []
  if (!carrier || !number || !originDate || !origin || Number.isNaN(Date.parse(originDate))) {
    throw new FlightlineError('FL_DEPARTURE_ID', { id })
  }
  return { carrier, number, suffix: suffix ?? '', originDate, origin, sequence: sequence ? Number(sequence) : 1 }
}

/** Whether `id` has the form of a departure id. */
export function isDepartureId(id: string): id is DepartureId {
  return idPattern.test(id) && !Number.isNaN(Date.parse(id.slice(id.indexOf('-') + 1, id.indexOf('-') + 11)))
}
