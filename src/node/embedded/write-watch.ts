import type { Log } from '../../shared/ports/log.ts'
import { type CommitNotice, openCommitNotice } from './commit-notice.ts'

/** What a watch needs of its database. */
export interface WatchedFile {
  readonly file: string
  /** Rises when another connection wrote (`PRAGMA data_version`). */
  version(): number
  readonly logger: Log
}

/** Tells listeners that somebody wrote. */
export interface WriteWatch {
  /** @returns the end of the subscription */
  add(wake: () => void): () => void
  /**
   * This connection has committed: other processes are told, and listeners here are called in the next turn of the event
   * loop, once for many commits.
   */
  notify(): void
  close(): void
}

// A notice arrives within a millisecond, but not on every platform and disk, nor from a process that is killed between
// its commit and the notice. The poll bounds the wait, in milliseconds: loosely while notices come, for each look costs
// a wake-up of the process.
const POLL = 20
const POLL_BESIDE_NOTICES = 500

interface WatchState {
  readonly watched: WatchedFile
  readonly notice: CommitNotice
  readonly listeners: Set<() => void>
  seen: number
  isPending: boolean
  /** Between two looks while nothing happens. */
  pause: number
  timer: NodeJS.Timeout | undefined
  stop: (() => void) | undefined
}

/** Watches for writes as long as somebody listens; never keeps the process alive. */
export function createWriteWatch(watched: WatchedFile): WriteWatch {
  const state: WatchState = {
    ...{ watched, notice: openCommitNotice(watched.file, watched.logger), listeners: new Set(), seen: 0 },
    ...{ isPending: false, pause: POLL, timer: undefined, stop: undefined },
  }
  return {
    add(wake) {
      // Wrapped, so that the same function added twice is two subscriptions.
      const listener = () => wake()
      if (!state.stop) start(state)
      state.listeners.add(listener)
      return () => {
        state.listeners.delete(listener)
        if (state.listeners.size === 0) halt(state)
      }
    },
    notify() {
      state.notice.give()
      callListeners(state)
    },
    close() {
      state.listeners.clear()
      halt(state)
      state.notice.close()
    },
  }
}

function start(state: WatchState): void {
  state.seen = state.watched.version()
  state.pause = POLL
  const heard = () => {
    if (look(state)) state.pause = POLL_BESIDE_NOTICES
  }
  const lost = () => {
    state.pause = POLL
  }
  const stopListening = state.notice.listen(heard, lost)
  state.stop = () => {
    clearTimeout(state.timer)
    stopListening()
  }
  poll(state)
}

function poll(state: WatchState): void {
  state.timer = setTimeout(() => {
    // What is found without a notice shows that they do not come in time.
    if (look(state)) state.pause = POLL
    poll(state)
  }, state.pause).unref()
}

function halt(state: WatchState): void {
  state.stop?.()
  state.stop = undefined
}

/** @returns whether somebody wrote since the last look */
function look(state: WatchState): boolean {
  if (!state.stop) return false
  const version = readVersion(state)
  if (version === state.seen) return false
  state.seen = version
  callListeners(state)
  return true
}

/** A store that does not answer is found out by whoever uses it; the watch only waits for better times. */
function readVersion(state: WatchState): number {
  try {
    return state.watched.version()
  } catch (error) {
    state.watched.logger.warn({ error: String(error) }, 'version of the store could not be read')
    return state.seen
  }
}

function callListeners(state: WatchState): void {
  if (state.isPending || state.listeners.size === 0) return
  state.isPending = true
  setImmediate(() => {
    state.isPending = false
    for (const listener of state.listeners) listener()
  })
}
