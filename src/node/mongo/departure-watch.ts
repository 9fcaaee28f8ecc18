import type { ChangeStream, ChangeStreamDocument } from 'mongodb'
import { factNames } from '../../shared/domain/departure.ts'
import type { DepartureStore } from '../../shared/ports/departure-store.ts'
import type { Log } from '../../shared/ports/log.ts'
import type { Flights } from './departure-commit.ts'
import type { DepartureDocument } from './departure-document.ts'

const REOPEN_AFTER = 500

const facts: ReadonlySet<string> = new Set(factNames)

type Wake = Parameters<DepartureStore['watch']>[0]

/**
 * Wakes on every change of the collection, by a change stream. The stream carries no truth: whenever it ends (error 286
 * because its token is too old, `invalidate`, lost connection) it is opened anew from now on and wakes once, so that
 * whoever waits rescans. Nothing can be lost by that but a little time.
 */
export function watchFlights(flights: Flights, wake: Wake, logger: Log): () => Promise<void> {
  const state: WatchState = { stream: undefined, timer: undefined, isClosed: false }
  const open = () => {
    if (state.isClosed) return
    // What was inserted is of no interest, and large.
    const stream = flights.watch([{ $project: { fullDocument: 0 } }], { batchSize: 1000 })
    state.stream = stream
    stream.on('change', (event) => wake(findForeign(event)))
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

/**
 * Every change of ours moves the revision along with the facts, and what else we write are no facts. What somebody
 * wrote who does the same is found by the scan of everything.
 */
function findForeign(event: ChangeStreamDocument<DepartureDocument>): Parameters<Wake>[0] {
  if (event.operationType === 'replace') return [event.documentKey._id]
  if (event.operationType === 'insert' || event.operationType === 'delete') return []
  if (event.operationType !== 'update') return undefined
  const { updatedFields = {}, removedFields = [] } = event.updateDescription
  if ('revision' in updatedFields) return []
  // A field within a fact is named with its path.
  const touched = [...Object.keys(updatedFields), ...removedFields].map((path) => path.split('.', 1)[0] ?? path)
  return touched.some((name) => facts.has(name)) ? [event.documentKey._id] : []
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
