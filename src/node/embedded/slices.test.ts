import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { openEmbeddedDatabase } from '../../testing/fixtures/embedded-pair.ts'
import { inSlices } from './slices.ts'

const set = 'INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)'
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)

describe('slices', () => {
  test('do every item once and in order', async () => {
    await using opened = await openEmbeddedDatabase()
    const done: number[] = []
    await inSlices(opened.database, numbers(2_500), (item) => done.push(item))
    expect(done).toEqual(numbers(2_500))
  })

  test('do nothing for nothing, without taking the lock', async () => {
    await using opened = await openEmbeddedDatabase()
    opened.database.close()
    await expect(inSlices(opened.database, [], () => undefined)).resolves.toBeUndefined()
  })

  test('let others run in between, and readers see what is done so far', async () => {
    await using opened = await openEmbeddedDatabase()
    const { database } = opened
    const insert = database.prepare(set)
    const seen = new Set<unknown>()
    let isDone = false
    const bulk = inSlices(database, numbers(50), (item) => insert.run(String(slow(item)), '')).then(
      () => (isDone = true),
    )
    while (!isDone) {
      seen.add(database.prepare('SELECT count(*) AS count FROM settings').get()?.count)
      await setImmediate()
    }
    await bulk
    expect(seen.size).toBeGreaterThan(2)
  })

  test('end after a slow item rather than hold the lock', async () => {
    await using opened = await openEmbeddedDatabase()
    const transactions: number[] = []
    const counting = {
      ...opened.database,
      transaction<Result>(work: () => Result): Result {
        transactions.push(0)
        return opened.database.transaction(work)
      },
    }
    await inSlices(counting, numbers(5), slow)
    expect(transactions).toHaveLength(5)
  })

  test('that fail undo themselves only', async () => {
    await using opened = await openEmbeddedDatabase()
    const { database } = opened
    const insert = database.prepare(set)
    const bulk = inSlices(database, numbers(1_500), (item) => {
      if (item === 1_400) throw new Error('no')
      insert.run(String(item), '')
    })
    await expect(bulk).rejects.toThrow('no')
    const kept = Number(database.prepare('SELECT count(*) AS count FROM settings').get()?.count)
    expect(kept).toBeGreaterThan(0)
    expect(kept).toBeLessThan(1_400)
  })
})

/** Takes longer than a slice may. */
function slow<Item>(item: Item): Item {
  const end = performance.now() + 3
  while (performance.now() < end);
  return item
}
