import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Departure } from '../../shared/domain/departure.ts'
import type { DepartureId } from '../../shared/domain/departure-id.ts'
import { type ColumnId, changedColumns } from '../lib/changed-columns.ts'
import { addMarks, expireMarks, type Marks } from './change-marks.ts'

/** What one update did, for views that follow row by row instead of comparing everything. */
interface BoardBatch {
  /** The whole content was replaced. */
  readonly isReset: boolean
  readonly added: readonly Departure[]
  readonly updated: readonly Departure[]
  readonly removed: readonly DepartureId[]
  /** Rows whose marks ended; nothing else about them changed. */
  readonly unmarked: readonly DepartureId[]
}

/** The cache of the live board: departures by id, the newest revision of each. */
export interface BoardState {
  readonly departures: ReadonlyMap<DepartureId, Departure>
  readonly marks: Marks
  readonly batch: BoardBatch
  readonly isLoaded: boolean
}

/** The store of the board's cache. */
export type BoardStore = StoreApi<BoardState>

/** How long a changed cell stays marked, in milliseconds. */
export const MARKED_FOR = 10_000

const nothing: BoardBatch = { isReset: false, added: [], updated: [], removed: [], unmarked: [] }

/** An empty board. */
export function createBoardStore(): BoardStore {
  return createStore<BoardState>()(() => ({ departures: new Map(), marks: new Map(), batch: nothing, isLoaded: false }))
}

/**
 * Takes a whole board. What is missing from it is gone; what we hold newer (an answered command may overtake the log)
 * stays. What differs from before is marked, so that a desk sees what happened while it was cut off.
 * @param now - monotonic milliseconds
 */
export function applySnapshot(store: BoardStore, snapshot: readonly Departure[], now: number): void {
  const before = store.getState()
  const { departures: known, isLoaded } = before
  const departures = new Map(snapshot.map((departure) => [departure.id, newer(known.get(departure.id), departure)]))
  const updated = isLoaded ? [...departures.values()].filter((departure) => known.get(departure.id) !== departure) : []
  const batch = {
    ...nothing,
    isReset: true,
    updated,
    removed: [...known.keys()].filter((id) => !departures.has(id)),
  }
  store.setState({ departures, marks: markAll(before, updated, now), batch, isLoaded: true })
}

/**
 * Takes changed departures; none older than what is held gets in.
 * @param now - monotonic milliseconds
 */
export function applyDepartures(store: BoardStore, changed: readonly Departure[], now: number): void {
  const before = store.getState()
  const { departures: known } = before
  const news = changed.filter(({ id, revision }) => (known.get(id)?.revision ?? 0) < revision)
  if (news.length === 0) return
  const departures = new Map(known)
  for (const departure of news) departures.set(departure.id, departure)
  const batch = {
    ...nothing,
    added: news.filter(({ id }) => !known.has(id)),
    updated: news.filter(({ id }) => known.has(id)),
  }
  store.setState({ departures, marks: markAll(before, news, now), batch })
}

/** Ends the marks whose time has come. */
export function endMarks(store: BoardStore, now: number): void {
  const { marks, unmarked } = expireMarks(store.getState().marks, now)
  if (unmarked.length > 0) store.setState({ marks, batch: { ...nothing, unmarked } })
}

/** Of two states of one departure the one to show: the higher revision, and the one that is held on a tie. */
function newer(held: Departure | undefined, other: Departure): Departure {
  return held && held.revision >= other.revision ? held : other
}

function markAll({ marks, departures: known }: BoardState, news: readonly Departure[], now: number): Marks {
  const changes = news.map((departure): readonly [DepartureId, readonly ColumnId[]] => {
    const previous = known.get(departure.id)
    return [departure.id, previous ? changedColumns(previous, departure) : ['flight']]
  })
  return addMarks(marks, changes, now + MARKED_FOR)
}
