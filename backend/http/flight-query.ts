import type { Departure } from '../../src/shared/domain/departure.ts'
import { DAY, HOUR, type Instant } from '../../src/shared/domain/instant.ts'
import { deriveStatus, type Status } from '../../src/shared/domain/status.ts'
import { FlightlineError } from '../../src/shared/lib/errors.ts'
import type { HttpParts, Place } from './parts.ts'

/** What a caller of `GET /api/flights` asks for. */
export interface FlightQuery {
  readonly date?: string | undefined
  readonly origin?: string | undefined
  readonly destination?: string | undefined
  /** Free text: flight number, airport code or the name of a place; all words must be found. */
  readonly q?: string | undefined
  readonly status?: Status | undefined
  /** Leaves out what was over before. */
  readonly from?: Instant | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** One page of departures. */
export interface FlightPage {
  readonly flights: readonly Departure[]
  readonly cursor?: string
}

/**
 * Departures that match, by schedule then id, one page at a time.
 * @throws FlightlineError `FL_BAD_REQUEST` for a cursor that we did not make
 */
export async function selectFlights(
  parts: Pick<HttpParts, 'board' | 'stores' | 'places' | 'clock'>,
  query: FlightQuery,
): Promise<FlightPage> {
  const after = query.cursor === undefined ? undefined : parseCursor(query.cursor)
  const matches = (await candidates(parts, query.date))
    .filter((departure) => isMatch(departure, query, parts.places))
    .sort(compare)
    .filter((departure) => after === undefined || compare(departure, after) > 0)
  const flights = matches.slice(0, query.limit)
  const last = flights.at(-1)
  return last && matches.length > flights.length ? { flights, cursor: `${last.scheduledAt}_${last.id}` } : { flights }
}

// The board is sure to hold the whole of a date whose noon is this near, in every time zone.
const ON_BOARD = 22 * HOUR

/** From the board where it holds all of that date; otherwise from the store, asked widely enough for every time zone. */
async function candidates(
  { board, stores, clock }: Pick<HttpParts, 'board' | 'stores' | 'clock'>,
  date: string | undefined,
): Promise<readonly Departure[]> {
  const present = [...board.all().values()]
  if (date === undefined) return present
  const noon = Date.parse(date) + DAY / 2
  if (Math.abs(noon - clock.operational()) < ON_BOARD) return present
  return stores.departures.listBetween(noon - 1.5 * DAY, noon + 1.5 * DAY)
}

function isMatch(departure: Departure, query: FlightQuery, places: Readonly<Record<string, Place>>): boolean {
  const checks: readonly boolean[] = [
    query.date === undefined || departure.originDate === query.date,
    query.origin === undefined || departure.origin === query.origin,
    query.destination === undefined || departure.destination === query.destination,
    query.status === undefined || deriveStatus(departure) === query.status,
    query.from === undefined || lastMoment(departure) >= query.from,
    query.q === undefined || matchesText(departure, query.q, places),
  ]
  return checks.every(Boolean)
}

/** When a departure is over, as far as is known: the latest of its times. */
function lastMoment(departure: Departure): Instant {
  const { scheduledAt, estimatedAt, offBlockAt, scheduledArrivalAt, estimatedArrivalAt, inBlockAt } = departure
  const known = [scheduledAt, estimatedAt, offBlockAt, inBlockAt ?? estimatedArrivalAt ?? scheduledArrivalAt]
  return Math.max(...known.filter((moment) => moment !== undefined))
}

/** Each word is found at the start of a word of what the departure is called. */
function matchesText(departure: Departure, text: string, places: Readonly<Record<string, Place>>): boolean {
  const { carrier, number, suffix, origin, destination, codeshares } = departure
  const names = [origin, destination].flatMap((code) => [places[code]?.name ?? '', places[code]?.city ?? ''])
  const called = [`${carrier}${number}${suffix}`, number, ...codeshares, origin, destination, ...names].join(' ')
  const haystack = ` ${called.toLowerCase()}`
  const words = joinFlightNumber(text.toLowerCase()).split(/[\s,/–-]+/)
  return words.every((word) => haystack.includes(` ${word}`))
}

/** People write `B6 739`; the number is one word. */
function joinFlightNumber(text: string): string {
  return text.replace(/^([a-z0-9]{2})\s+(\d{1,4}[a-z]?)$/, '$1$2')
}

interface SortKey {
  readonly scheduledAt: number
  readonly id: string
}

function parseCursor(cursor: string): SortKey {
  const [, scheduledAt, id] = /^(\d{1,15})_(.{1,60})$/.exec(cursor) ?? []
  if (!scheduledAt || !id) throw new FlightlineError('FL_BAD_REQUEST', { problems: ['cursor: not one of ours'] })
  return { scheduledAt: Number(scheduledAt), id }
}

function compare(left: SortKey, right: SortKey): number {
  if (left.scheduledAt !== right.scheduledAt) return left.scheduledAt - right.scheduledAt
  return left.id < right.id ? -1 : Number(left.id > right.id)
}
