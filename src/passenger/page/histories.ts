import type { PublicHistoryEntry } from '../../shared/api/public-change.ts'
import type { Timer } from '../../shared/ports/timer.ts'
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
  /**
   * Reads it, or reads it again; what is shown stays until the answer comes.
   * @param revision - what should be in it: a change is on the page some moments before it is written into the history
   */
  load(flightId: string, revision?: number): Promise<void>
}

/** What histories are made from. */
export interface HistoryParts {
  /** Oldest first, as the server answers. */
  history(flightId: string): Promise<readonly PublicHistoryEntry[]>
  readonly timer: Timer
}

/** Milliseconds before a history that lags behind is read again. Not for ever: internal changes may never be in it. */
const PAUSES = [300, 1_000, 3_000, 10_000]

/** Makes it. */
export function createHistories(parts: HistoryParts): Histories {
  const state = createStore<History | undefined>(undefined)
  let latest = 0

  async function read(flightId: string, revision: number, pauses: readonly number[]): Promise<void> {
    const ours = ++latest
    if (state.get()?.flightId !== flightId) state.set({ flightId })
    const entries = await parts.history(flightId).catch(() => undefined)
    if (ours !== latest) return
    if (entries) state.set({ flightId, entries })
    else if (!state.get()?.entries) state.set({ flightId, hasFailed: true })
    const [pause, ...rest] = pauses
    if (pause === undefined || (entries?.at(-1)?.revision ?? 0) >= revision) return
    parts.timer.after(pause, () => ours === latest && void read(flightId, revision, rest))
  }

  return { state, load: (flightId, revision = 0) => read(flightId, revision, PAUSES) }
}
