import { createStore, type StoreApi } from 'zustand/vanilla'
import type { DepartureId } from '../../shared/domain/departure-id.ts'
import type { Status } from '../../shared/domain/status.ts'
import type { TimeMode } from '../lib/zoned-time.ts'

/** How one person looks at the board. */
export interface ViewState {
  readonly timeMode: TimeMode
  readonly search: string
  readonly stations: readonly string[]
  readonly statuses: readonly Status[]
  /** Rows that were ticked, e.g. as the audience of a broadcast. */
  readonly selected: readonly DepartureId[]
}

/** The store of the view. */
export type ViewStore = StoreApi<ViewState>

/** The part of a browser's storage that is used. */
export type Memory = Pick<Storage, 'getItem' | 'setItem'>

const KEY = 'flightline.time-mode'

/** A view of everything. Which time is shown is remembered on this machine. */
export function createViewStore(memory: Memory): ViewStore {
  const store = createStore<ViewState>()(() => ({
    timeMode: memory.getItem(KEY) === 'utc' ? 'utc' : 'local',
    search: '',
    stations: [],
    statuses: [],
    selected: [],
  }))
  store.subscribe(({ timeMode }, previous) => {
    if (timeMode !== previous.timeMode) memory.setItem(KEY, timeMode)
  })
  return store
}
