import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import type { PublicNotice } from '../../shared/api/push-frames.ts'
import { RequestError } from '../api/request.ts'
import { type Flights, type FlightUpdate, mergeFlights } from '../lib/merge-flights.ts'
import { createStore, type Store } from '../lib/store.ts'
import type { FlightNotice } from '../live/live-parts.ts'

/** Notices that are valid now, by flight, newest first. */
type Notices = ReadonlyMap<string, readonly PublicNotice[]>

/** Why a flight is not shown. */
type Absence = 'missing' | 'failed'

/** All that the page knows of flights, kept by revision, whichever way it came. */
export interface FlightBoard {
  readonly flights: Store<Flights>
  readonly notices: Store<Notices>
  readonly absences: Store<ReadonlyMap<string, Absence>>
  take(flights: readonly PublicDeparture[]): void
  addNotice(notice: FlightNotice): void
  replaceNotices(flightIds: readonly string[], notices: readonly FlightNotice[]): void
  /** Fetches a flight that is not known; one that is arrives by the connection. */
  load(id: string): Promise<void>
  /** Forgets all others: nobody keeps them up to date, and an old state must not be shown as the present. */
  retain(flightIds: ReadonlySet<string>): void
}

/** What a board is made from. */
export interface FlightBoardParts {
  fetchFlight(id: string): Promise<PublicDeparture>
  updated(updates: readonly FlightUpdate[]): void
  noticed(notice: FlightNotice): void
}

/** Makes an empty board. */
export function createFlightBoard(parts: FlightBoardParts): FlightBoard {
  const flights = createStore<Flights>(new Map())
  const notices = createStore<Notices>(new Map())
  const absences = createStore<ReadonlyMap<string, Absence>>(new Map())

  function take(incoming: readonly PublicDeparture[]): void {
    const { flights: merged, updates } = mergeFlights(flights.get(), incoming)
    flights.set(merged)
    if (updates.length > 0) parts.updated(updates)
  }

  return {
    ...{ flights, notices, absences, take },
    addNotice(entry) {
      const { flightId, notice } = entry
      const others = (notices.get().get(flightId) ?? []).filter(({ id }) => id !== notice.id)
      notices.set(new Map(notices.get()).set(flightId, newestFirst([notice, ...others])))
      parts.noticed(entry)
    },
    replaceNotices(flightIds, valid) {
      const known = notices.get()
      notices.set(withNotices(known, flightIds, valid))
      // What came while the page was away is news; what stood there before the page was opened is not.
      for (const entry of valid) if (isNews(known, entry)) parts.noticed(entry)
    },
    async load(id) {
      absences.set(without(absences.get(), id))
      try {
        take([await parts.fetchFlight(id)])
      } catch (error) {
        absences.set(new Map(absences.get()).set(id, absenceOf(error)))
      }
    },
    retain(flightIds) {
      const kept = [...flights.get()].filter(([id]) => flightIds.has(id))
      if (kept.length < flights.get().size) flights.set(new Map(kept))
    },
  }
}

function withNotices(known: Notices, flightIds: readonly string[], valid: readonly FlightNotice[]): Notices {
  const next = new Map(known)
  for (const flightId of flightIds) {
    const own = valid.filter((entry) => entry.flightId === flightId).map(({ notice }) => notice)
    next.set(flightId, newestFirst(own))
  }
  return next
}

function isNews(known: Notices, { flightId, notice }: FlightNotice): boolean {
  return known.get(flightId)?.every(({ id }) => id !== notice.id) ?? false
}

function newestFirst(notices: readonly PublicNotice[]): readonly PublicNotice[] {
  return [...notices].sort((left, right) => Date.parse(right.at) - Date.parse(left.at))
}

function without<T>(map: ReadonlyMap<string, T>, id: string): ReadonlyMap<string, T> {
  return new Map([...map].filter(([other]) => other !== id))
}

function absenceOf(error: unknown): Absence {
  const isMissing = error instanceof RequestError && ['FL_DEPARTURE_UNKNOWN', 'FL_DEPARTURE_ID'].includes(error.code)
  return isMissing ? 'missing' : 'failed'
}
