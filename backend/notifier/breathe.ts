import { setImmediate } from 'node:timers/promises'

// Half of what the event loop may be held for.
const BUDGET = 7

/**
 * Lets everything else in the process run when work has gone on for a few milliseconds. Embedded stores answer within
 * the same turn, so awaiting them gives nobody else a turn.
 * @returns a function to await between two pieces of work
 */
export function createBreather(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < BUDGET) return
    await setImmediate()
    since = performance.now()
  }
}
