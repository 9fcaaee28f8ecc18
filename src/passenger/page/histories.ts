import type { PublicHistoryEntry } from '../../shared/api/public-change.ts'
import { createStore, type Store } from '../lib/store.ts'

/** What is known of a flight's past. */
export interface History {
  readonly flightId: string
  readonly entries?: readonly PublicHistoryEntry[]
  readonly hasFailed?: true
}

/** The history of the flight on the page. */
export interface Histories {
  readonly state: Store<History | undefined>
  /** Reads it, or reads it again; what is shown stays until the answer comes. */
  load(flightId: string): Promise<void>
}

/** Makes it. @param fetchHistory - oldest first, as the server answers */
export function createHistories(fetchHistory: (id: string) => Promise<readonly PublicHistoryEntry[]>): Histories {
  const state = createStore<History | undefined>(undefined)
  let latest = 0
  return {
    state,
    async load(flightId) {
      const ours = ++latest
      if (state.get()?.flightId !== flightId) state.set({ flightId })
      const entries = await fetchHistory(flightId).catch(() => undefined)
      if (ours !== latest) return
      if (entries) state.set({ flightId, entries })
      else if (!state.get()?.entries) state.set({ flightId, hasFailed: true })
    },
  }
}
