import { watch } from 'node:fs'
import type { Log } from '../../shared/ports/log.ts'

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
  /** This connection wrote: listeners are called in the next turn of the event loop, once for many writes. */
  notify(): void
  close(): void
}

// The file system's own notice usually arrives within a millisecond or two, but not on every platform and disk. The poll
// bounds the wait, in milliseconds: loosely while notices come, for each look costs a wake-up of the process.
const POLL = 20
const POLL_BESIDE_NOTICES = 500

// A notice tells that a commit is being written, page by page, and others can see it only once all of it is there, of which
// nothing is told. So a notice that finds nothing new is followed by looks at growing distances, and further notices
// before the first of them are of the same commit, most likely.
const FIRST_LOOK = 1
const LAST_LOOK = 64

interface WatchState {
  readonly watched: WatchedFile
  readonly listeners: Set<() => void>
  seen: number
  isPending: boolean
  /** Between two looks while nothing happens. */
  pause: number
  polling: NodeJS.Timeout | undefined
  /** How long the next look after a notice waits, where there is to be one. */
  distance: number | undefined
  following: NodeJS.Timeout | undefined
  stop: (() => void) | undefined
}

/** Watches for writes as long as somebody listens; never keeps the process alive. */
export function createWriteWatch(watched: WatchedFile): WriteWatch {
  const state: WatchState = {
    ...{ watched, listeners: new Set(), seen: 0, isPending: false },
    ...{ pause: POLL, polling: undefined, distance: undefined, following: undefined, stop: undefined },
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
    notify: () => notify(state),
    close() {
      state.listeners.clear()
      halt(state)
    },
  }
}

function start(state: WatchState): void {
  state.seen = state.watched.version()
  state.pause = POLL
  const stopFiles = watchFile(state)
  state.stop = () => {
    clearTimeout(state.polling)
    endFollowing(state)
    stopFiles()
  }
  poll(state)
}

function poll(state: WatchState): void {
  state.polling = setTimeout(() => {
    // What is found without a notice shows that they do not come in time.
    const isNoticed = state.distance !== undefined
    if (look(state) && !isNoticed) state.pause = POLL
    poll(state)
  }, state.pause).unref()
}

function followNotice(state: WatchState): void {
  if (state.stop && state.distance !== FIRST_LOOK) lookAndFollow(state, FIRST_LOOK)
}

/** Looks because of a notice, and again after `distance` milliseconds unless something was found. */
function lookAndFollow(state: WatchState, distance: number): void {
  endFollowing(state)
  if (look(state)) {
    state.pause = POLL_BESIDE_NOTICES
  } else if (distance <= LAST_LOOK) {
    state.distance = distance
    state.following = setTimeout(() => lookAndFollow(state, 2 * distance), distance).unref()
  }
}

function endFollowing(state: WatchState): void {
  clearTimeout(state.following)
  state.distance = undefined
}

function halt(state: WatchState): void {
  state.stop?.()
  state.stop = undefined
}

function watchFile(state: WatchState): () => void {
  const { file, logger } = state.watched
  try {
    const files = watch(`${file}-wal`, { persistent: false }, () => followNotice(state))
    files.on('error', (error) => {
      logger.warn({ error: error.message }, 'file watch ended, polling goes on')
      state.pause = POLL
    })
    return () => files.close()
  } catch (error) {
    logger.warn({ error: String(error) }, 'file cannot be watched, polling instead')
    return () => undefined
  }
}

/** @returns whether somebody wrote since the last look */
function look(state: WatchState): boolean {
  if (!state.stop) return false
  const version = readVersion(state)
  if (version === state.seen) return false
  state.seen = version
  notify(state)
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

function notify(state: WatchState): void {
  if (state.isPending || state.listeners.size === 0) return
  state.isPending = true
  setImmediate(() => {
    state.isPending = false
    for (const listener of state.listeners) listener()
  })
}
