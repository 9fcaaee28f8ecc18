import { setImmediate } from 'node:timers/promises'
import type { EmbeddedDatabase } from './database.ts'

// Half of what a transaction may take: the commit itself and a slow item have to fit, too. Milliseconds.
const BUDGET = 5

// Keeps the log that is written ahead, and with it a commit, small whatever the machine's speed.
const MOST_PER_SLICE = 1_000

/**
 * Does something with each item, many per transaction, but lets others run after each few milliseconds: calls block
 * the thread, and the lock keeps other processes from writing. A failure undoes only its own slice.
 */
export async function inSlices<Item>(
  database: EmbeddedDatabase,
  items: readonly Item[],
  work: (item: Item) => void,
): Promise<void> {
  let next = 0
  while (next < items.length) {
    if (next > 0) await setImmediate()
    next = database.transaction(() => workUntil(performance.now() + BUDGET, items, { next, work }))
  }
}

function workUntil<Item>(
  end: number,
  items: readonly Item[],
  { next, work }: { readonly next: number; readonly work: (item: Item) => void },
): number {
  let index = next
  for (const item of items.slice(next, next + MOST_PER_SLICE)) {
    work(item)
    index += 1
    if (performance.now() >= end) break
  }
  return index
}
