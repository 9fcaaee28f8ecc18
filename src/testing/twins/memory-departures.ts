import type { Amendment } from '../../shared/domain/change.ts'
import type { Departure } from '../../shared/domain/departure.ts'
import type { DepartureId } from '../../shared/domain/departure-id.ts'
import type { CommitResult, DepartureStore, ExternalEdit, OutboxEntry } from '../../shared/ports/departure-store.ts'

/** Departures in memory, for tests that look at what stands above the store or make it fail. */
export interface MemoryDepartures extends DepartureStore {
  /** What every read and write throws, until it is set to `undefined`. */
  failWith(error: Error | undefined): void
  /** Puts a departure there without any outbox entry. */
  seed(...departures: readonly Departure[]): void
  /** What the next `externalEdits` find. */
  writeBeside(edit: ExternalEdit): void
  readonly restored: readonly ExternalEdit[]
}

interface MemoryState {
  readonly departures: Map<DepartureId, Departure>
  readonly watchers: Set<Parameters<DepartureStore['watch']>[0]>
  readonly restored: ExternalEdit[]
  outbox: OutboxEntry[]
  edits: ExternalEdit[]
  failure: Error | undefined
}

/** Opens an empty store. */
export function memoryDepartures(): MemoryDepartures {
  const state: MemoryState = {
    departures: new Map(),
    watchers: new Set(),
    restored: [],
    outbox: [],
    edits: [],
    failure: undefined,
  }
  return {
    ...reading(state),
    ...writing(state),
    ...external(state),
    watch(wake) {
      state.watchers.add(wake)
      return async () => void state.watchers.delete(wake)
    },
    failWith(error) {
      state.failure = error
    },
    seed(...departures) {
      for (const departure of departures) state.departures.set(departure.id, departure)
    },
  }
}

function check(state: MemoryState): void {
  if (state.failure) throw state.failure
}

function reading(state: MemoryState): Pick<DepartureStore, 'get' | 'listBetween' | 'unpublished' | 'backlog'> {
  return {
    async get(id) {
      check(state)
      return state.departures.get(id)
    },
    async listBetween(from, to) {
      check(state)
      return [...state.departures.values()].filter(({ scheduledAt }) => scheduledAt >= from && scheduledAt < to)
    },
    async unpublished(limit) {
      check(state)
      return state.outbox.slice(0, limit)
    },
    async backlog() {
      check(state)
      const oldestAt = state.outbox[0]?.change.at
      return { count: state.outbox.length, ...(oldestAt !== undefined && { oldestAt }) }
    },
  }
}

function writing(state: MemoryState): Pick<DepartureStore, 'commit' | 'commitAll' | 'markPublished'> {
  return {
    commit: async (amendment) => commit(state, amendment),
    commitAll: async (amendments) => amendments.map((amendment) => commit(state, amendment)),
    async markPublished(changes) {
      check(state)
      const done = new Set(changes.map(({ departureId, revision }) => `${departureId}:${revision}`))
      state.outbox = state.outbox.filter(({ change }) => !done.has(change.id))
    },
  }
}

function external(
  state: MemoryState,
): Pick<MemoryDepartures, 'externalEdits' | 'restore' | 'adopt' | 'writeBeside' | 'restored'> {
  return {
    async externalEdits() {
      check(state)
      return [...state.edits]
    },
    async restore(edit) {
      check(state)
      state.restored.push(edit)
      state.edits = state.edits.flatMap((other) => withoutNames(other, edit))
    },
    async adopt(edit, amendment) {
      const result = commit(state, amendment)
      if (result.outcome === 'committed') {
        state.edits = state.edits.flatMap((other) => withoutNames(other, edit))
      }
      return result
    },
    writeBeside(edit) {
      state.edits.push(edit)
      for (const wake of state.watchers) wake()
    },
    restored: state.restored,
  }
}

function withoutNames(edit: ExternalEdit, done: ExternalEdit): readonly ExternalEdit[] {
  if (edit.departure.id !== done.departure.id) return [edit]
  const names = edit.names.filter((name) => !done.names.includes(name))
  return names.length > 0 ? [{ ...edit, names }] : []
}

function commit(state: MemoryState, { previous, next, change }: Amendment): CommitResult {
  check(state)
  const present = state.departures.get(next.id)
  if (present && !previous) return { outcome: 'exists', departure: present }
  if (previous && !present) return { outcome: 'unknown' }
  if (present && present.revision !== previous?.revision) return { outcome: 'stale', departure: present }
  state.departures.set(next.id, next)
  state.outbox.push({ change, departure: next })
  for (const wake of state.watchers) wake()
  return { outcome: 'committed', departure: next }
}
