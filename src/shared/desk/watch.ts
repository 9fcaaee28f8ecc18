import type { BoardMessage, ClockReading } from '../api/schemas.ts'
import type { Clock } from '../ports/clock.ts'
import type { DepartureStore } from '../ports/departure-store.ts'
import type { Timer } from '../ports/timer.ts'
import type { Board, BoardChange } from './board.ts'
import type { Connection } from './parts.ts'

/** What watching needs. */
export interface WatchParts {
  readonly stores: { readonly departures: Pick<DepartureStore, 'backlog'> }
  readonly board: Pick<Board, 'all' | 'subscribe'>
  readonly clock: Clock
  readonly timer: Timer
}

/** Milliseconds between two pulses: how stale the shown clock, the outbox figures and a revoked session may be. */
export const PULSE = 2_000

// Past this many waiting changes only the latest of each departure is kept: a board shows state, not history.
const CONFLATE_FROM = 500

/**
 * The live board of one console: a snapshot, then every change, with a pulse in between. Ends with the signal, or with
 * an error when the session ends. An open board counts as use of the session, so only its absolute end closes a board
 * that somebody looks at.
 */
export async function* watchBoard(
  parts: WatchParts,
  connection: Pick<Connection, 'actor'>,
  signal?: AbortSignal,
): AsyncGenerator<BoardMessage, void> {
  const inbox = openInbox(parts)
  signal?.addEventListener('abort', inbox.wake)
  try {
    yield snapshot(parts)
    while (!signal?.aborted) {
      await inbox.waiting()
      yield* inbox.take(parts)
      if (inbox.isPulseDue()) {
        await connection.actor()
        yield await pulse(parts)
      }
    }
  } finally {
    signal?.removeEventListener('abort', inbox.wake)
    inbox.close()
  }
}

/** Both clocks as they stand. */
export function readClock(clock: Clock): ClockReading {
  return { wall: clock.wall(), operational: clock.operational(), rate: clock.rate }
}

function snapshot(parts: WatchParts): BoardMessage {
  return { type: 'snapshot', departures: [...parts.board.all().values()], clock: readClock(parts.clock) }
}

async function pulse({ stores, clock }: WatchParts): Promise<BoardMessage> {
  const { count, oldestAt } = await stores.departures.backlog()
  const oldestAge = oldestAt === undefined ? 0 : Math.max(0, clock.wall() - oldestAt)
  return { type: 'pulse', clock: readClock(clock), publishing: { unpublished: count, oldestAge } }
}

interface Inbox {
  waiting(): Promise<void>
  take(parts: WatchParts): Iterable<BoardMessage>
  isPulseDue(): boolean
  readonly wake: () => void
  close(): void
}

interface InboxState {
  changes: BoardChange[]
  wasReset: boolean
  pulseDue: boolean
  resume: (() => void) | undefined
}

function openInbox(parts: WatchParts): Inbox {
  const state: InboxState = { changes: [], wasReset: false, pulseDue: true, resume: undefined }
  const wake = () => state.resume?.()
  const showAll = () => {
    state.wasReset = true
    wake()
  }
  const stopPulse = parts.timer.every(PULSE, () => {
    state.pulseDue = true
    wake()
  })
  const unsubscribe = parts.board.subscribe({
    changed(changes) {
      state.changes.push(...changes)
      if (state.changes.length > CONFLATE_FROM) state.changes = latestOfEach(state.changes)
      wake()
    },
    entered: showAll,
    reset: showAll,
  })
  return {
    wake,
    waiting: () => waitFor(state),
    take: (given) => takeMessages(state, given),
    isPulseDue() {
      const isDue = state.pulseDue
      state.pulseDue = false
      return isDue
    },
    close() {
      stopPulse()
      unsubscribe()
    },
  }
}

function waitFor(state: InboxState): Promise<void> {
  if (state.changes.length > 0 || state.wasReset || state.pulseDue) return Promise.resolve()
  return new Promise((resolve) => {
    state.resume = () => {
      state.resume = undefined
      resolve()
    }
  })
}

function* takeMessages(state: InboxState, parts: WatchParts): Iterable<BoardMessage> {
  if (state.wasReset) {
    state.wasReset = false
    state.changes = []
    yield snapshot(parts)
    return
  }
  const { changes } = state
  state.changes = []
  if (changes.length > 0) {
    yield { type: 'changes', changes: changes.map(({ departure, change }) => ({ departure, change })) }
  }
}

function latestOfEach(changes: readonly BoardChange[]): BoardChange[] {
  const latest = new Map<string, BoardChange>()
  for (const change of changes) {
    latest.delete(change.departure.id)
    latest.set(change.departure.id, change)
  }
  return [...latest.values()]
}
