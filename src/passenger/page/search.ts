import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import type { Timer } from '../../shared/ports/timer.ts'
import type { SearchRequest } from '../api/flights-api.ts'
import { normalizeQuery, rankFlights, SHORTEST_QUERY } from '../lib/search-query.ts'
import { createStore, type Store } from '../lib/store.ts'

/** Long enough that a fast typist asks once. */
const DEBOUNCE = 180
const HOUR = 3_600_000
/** More do not help on a telephone: another letter does. */
const MOST_SHOWN = 20

/** What the search shows. */
export interface SearchState {
  readonly text: string
  readonly phase: 'idle' | 'loading' | 'done' | 'failed'
  readonly flightIds: readonly string[]
  /** Which result the keyboard is at, -1 for none. */
  readonly active: number
}

/** One field for flight numbers, routes and places. */
export interface Search {
  readonly state: Store<SearchState>
  type(text: string): void
  /** Moves the keyboard's mark up or down, around the ends. */
  move(step: 1 | -1): void
  /** The flight that Enter opens: the marked one, or the only one. */
  chosen(): string | undefined
}

/** What a search is made from. */
export interface SearchParts {
  find(request: SearchRequest): Promise<readonly PublicDeparture[]>
  readonly timer: Timer
  /** Operational clock. */
  now(): number
  /** Takes what was found before its ids are shown. */
  found(flights: readonly PublicDeparture[]): void
}

const idle: SearchState = { text: '', phase: 'idle', flightIds: [], active: -1 }

/** Makes a search with an empty field. */
export function createSearch(parts: SearchParts): Search {
  const state = createStore(idle)
  let cancel: () => void = () => undefined
  let running = new AbortController()

  async function run(query: string, { signal }: AbortController): Promise<void> {
    const flights = await findFlights(parts, query, signal).catch(() => undefined)
    if (signal.aborted) return
    const shown = rankFlights(flights ?? [], query).slice(0, MOST_SHOWN)
    const flightIds = shown.map(({ id }) => id)
    // The ids first: they say which flights are kept.
    state.set({ ...state.get(), phase: flights ? 'done' : 'failed', flightIds, active: -1 })
    parts.found(shown)
  }

  return {
    state,
    type(text) {
      cancel()
      running.abort()
      running = new AbortController()
      const query = normalizeQuery(text)
      if (query.length < SHORTEST_QUERY) return state.set({ ...idle, text })
      const controller = running
      cancel = parts.timer.after(DEBOUNCE, () => void run(query, controller))
      state.set({ ...state.get(), text, phase: 'loading', active: -1 })
    },
    move(step) {
      const { flightIds, active } = state.get()
      const count = flightIds.length
      if (count === 0) return
      const next = active < 0 && step < 0 ? count - 1 : (active + step + count) % count
      state.set({ ...state.get(), active: next })
    },
    chosen() {
      const { flightIds, active } = state.get()
      return flightIds[active] ?? (flightIds.length === 1 ? flightIds[0] : undefined)
    },
  }
}

/** Flights that are over come only when nothing else is called like that. */
async function findFlights({ find, now }: SearchParts, query: string, signal: AbortSignal) {
  const from = new Date(now() - HOUR).toISOString()
  const present = await find({ query, from, signal })
  return present.length > 0 ? present : find({ query, signal })
}
