import { expect, test } from 'vitest'
import type { CommitResult, DepartureStore } from '../../shared/ports/departure-store.ts'
import { amendment, creation } from '../fixtures/amendment.ts'
import { departure } from '../fixtures/departure.ts'
import type { OpenPair, StorePair } from './store-pair.ts'

const DESKS = 50

/** Part of `describeDepartureStore`: many desks at once, over both connections. */
export function describeDepartureRaces(open: OpenPair): void {
  test(`of ${DESKS} parallel edits from the same revision exactly one wins`, async () => {
    await using pair = await open()
    const start = departure()
    await pair.first.departures.commit(creation(start))
    const results = await atOnce(pair, (store, index) => store.commit(amendment(start, { remark: `desk ${index}` })))
    expect(count(results, 'committed')).toBe(1)
    expect(count(results, 'stale')).toBe(DESKS - 1)
    const stored = await pair.second.departures.get(start.id)
    expect(stored?.revision).toBe(2)
    for (const result of results) expect(result).toMatchObject({ departure: stored })
  })

  test(`of ${DESKS} parallel insertions exactly one wins`, async () => {
    await using pair = await open()
    const results = await atOnce(pair, (store, index) => store.commit(creation(departure({ gate: `A${index}` }))))
    expect(count(results, 'committed')).toBe(1)
    expect(count(results, 'exists')).toBe(DESKS - 1)
    expect(await pair.first.departures.backlog()).toMatchObject({ count: 1 })
  })

  test('the same command sent many times at once is executed once', async () => {
    await using pair = await open()
    const start = departure()
    await pair.first.departures.commit(creation(start))
    const edit = amendment(start, { gate: 'C7' }, { commandId: 'k1' })
    const results = await atOnce(pair, (store) => store.commit(edit))
    expect(count(results, 'committed')).toBe(1)
    expect(count(results, 'repeated')).toBe(DESKS - 1)
    expect(await pair.first.departures.backlog()).toMatchObject({ count: 2 })
  })

  test(`${DESKS} desks that read, edit and try again lose no edit`, async () => {
    await using pair = await open()
    await pair.first.departures.commit(creation(departure()))
    await atOnce(pair, (store, index) => addMark(store, `<${index}>`))
    const stored = await pair.second.departures.get(departure().id)
    expect(stored?.revision).toBe(DESKS + 1)
    const marks = stored?.remark?.match(/<\d+>/g) ?? []
    expect(new Set(marks).size).toBe(DESKS)
    const entries = await pair.first.departures.unpublished(100)
    expect(entries.map(({ change }) => change.revision)).toEqual(Array.from({ length: DESKS + 1 }, (_, at) => at + 1))
  })
}

async function addMark(store: DepartureStore, mark: string): Promise<CommitResult> {
  for (;;) {
    const present = await store.get(departure().id)
    if (!present) throw new Error('the departure is gone')
    const result = await store.commit(amendment(present, { remark: `${present.remark ?? ''}${mark}` }))
    if (result.outcome !== 'stale') return result
  }
}

function atOnce<Result>(
  pair: StorePair,
  act: (store: DepartureStore, index: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const stores = [pair.first.departures, pair.second.departures] as const
  return Promise.all(Array.from({ length: DESKS }, (_, index) => act(stores[index % 2 === 0 ? 0 : 1], index)))
}

function count(results: readonly CommitResult[], outcome: CommitResult['outcome']): number {
  return results.filter((result) => result.outcome === outcome).length
}
