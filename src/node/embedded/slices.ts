import { setTimeout } from 'node:timers/promises'
import type { EmbeddedDatabase } from './database.ts'

// A fifth of what a transaction may take: the commit, a checkpoint and a slow item have to fit, too. Milliseconds.
const BUDGET = 2

// Keeps the log that is written ahead, and with it a commit, small whatever the machine's speed.
const MOST_PER_SLICE = 1_000

// As long as a slice. SQLite has no queue of writers: one that waits only looks now and then, and without a real gap
// another process was measured to wait 1.5 s for a single commit beside an import; with it 4 ms (99th percentile).
const PAUSE = 2

/**
 * Does something with each item, many per transaction, but lets others run after each few milliseconds: calls block
 * the thread, and the lock keeps other processes from writing. A failure undoes only its own slice.
 */
export async function inSlices<Item>(
  database: Pick<EmbeddedDatabase, 'transaction'>,
  items: readonly Item[],
  work: (item: Item) => void,
): Promise<void> {
  let next = 0
  while (next < items.length) {
    if (next > 0) await setTimeout(PAUSE)
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
