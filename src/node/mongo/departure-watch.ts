import type { ChangeStream } from 'mongodb'
import type { Log } from '../../shared/ports/log.ts'
import type { Flights } from './departure-commit.ts'

const REOPEN_AFTER = 500

/**
 * Wakes on every change of the collection, by a change stream. The stream carries no truth: whenever it ends (error 286
 * because its token is too old, `invalidate`, lost connection) it is opened anew from now on and wakes once, so that
 * whoever waits rescans. Nothing can be lost by that but a little time.
 */
export function watchFlights(flights: Flights, wake: () => void, logger: Log): () => Promise<void> {
  const state: WatchState = { stream: undefined, timer: undefined, isClosed: false }
  const open = () => {
    if (state.isClosed) return
    // Only the fact that something happened is of interest, so nothing else travels.
    const stream = flights.watch([{ $project: { operationType: 1 } }], { batchSize: 1000 })
    state.stream = stream
    stream.on('change', wake)
    stream.on('error', (error) => {
      logger.warn({ err: error }, 'change stream ended; opening it again')
      reopen(state, open)
    })
    stream.on('close', () => reopen(state, open))
    wake()
  }
  open()
  return async () => {
    state.isClosed = true
    clearTimeout(state.timer)
    await state.stream?.close()
  }
}

interface WatchState {
  stream: ChangeStream | undefined
  timer: NodeJS.Timeout | undefined
  isClosed: boolean
}

function reopen(state: WatchState, open: () => void): void {
  if (state.isClosed || state.timer) return
  state.stream?.removeAllListeners()
  // A stream that failed may emit once more while it closes; nobody is interested any more.
  state.stream?.on('error', () => undefined)
  void state.stream?.close().catch(() => undefined)
  state.timer = setTimeout(() => {
    state.timer = undefined
    open()
  }, REOPEN_AFTER).unref()
}
