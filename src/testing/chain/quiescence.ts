import { setTimeout as sleep } from 'node:timers/promises'
import { BROADCAST_GROUP, CHANGE_GROUP } from '../../../backend/notifier/health.ts'
import type { Engine } from '../../node/engine/open-engine.ts'
import { HOUR } from '../../shared/domain/instant.ts'

/** What is still under way; all zero when a system rests. */
interface Unfinished {
  readonly unpublished: number
  readonly undecided: number
  /** Merge windows that are open. */
  readonly merging: number
  readonly unfanned: number
  readonly unsent: number
}

/** Counts what is under way, in the store and on the log. */
async function readUnfinished({ stores, log }: Engine): Promise<Unfinished> {
  const later = Date.now() + HOUR
  const [outbox, broadcasts, changes, notices, windows, pending, sending] = await Promise.all([
    stores.departures.backlog(),
    stores.broadcasts.unpublished(10),
    log.lag('flight_updates', CHANGE_GROUP),
    log.lag('broadcasts', BROADCAST_GROUP),
    stores.notices.dueStates(later, 1_000),
    stores.notices.pendingFanOut(later, 1_000),
    stores.deliveries.backlog(),
  ])
  return {
    unpublished: outbox.count + broadcasts.length,
    undecided: changes + notices,
    merging: windows.length,
    unfanned: pending.length,
    unsent: sending.count,
  }
}

/** How it is waited. */
export interface RestOptions {
  /** Milliseconds. */
  readonly timeout?: number
  /** Windows for merging may stay open: at their real length they last 3 min. */
  readonly ignoreMerging?: boolean
}

/**
 * Waits until nothing is under way, twice in a row.
 * @throws when that does not come in time, with what is left
 */
export async function waitForRest(engine: Engine, options: RestOptions = {}): Promise<void> {
  const { timeout = 120_000, ignoreMerging = false } = options
  const deadline = Date.now() + timeout
  for (let calm = 0; calm < 2; ) {
    const found = await readUnfinished(engine)
    const unfinished = ignoreMerging ? { ...found, merging: 0 } : found
    const isCalm = Object.values(unfinished).every((count) => count === 0)
    calm = isCalm ? calm + 1 : 0
    if (Date.now() > deadline) throw new Error(`no rest after ${timeout} ms: ${JSON.stringify(unfinished)}`)
    await sleep(200)
  }
}
