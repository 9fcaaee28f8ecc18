import { setImmediate } from 'node:timers/promises'

// A third of what the event loop may be held for: two loops may come back in the same turn, and a slow call fits in.
const BUDGET = 5

/** To be awaited between two pieces of work. */
export type Breather = () => Promise<void>

/**
 * Lets everything else in the process run when work has gone on for a few milliseconds. Embedded stores answer within
 * the same turn, so awaiting them gives nobody else a turn. One for the whole notifier: with one per task, many small
 * tasks in a row were measured to hold the loop for 100 ms without any of them being slow.
 */
export function createBreather(): Breather {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < BUDGET) return
    await setImmediate()
    since = performance.now()
  }
}
