import { expect, test } from 'vitest'
import { amendment, creation } from '../fixtures/amendment.ts'
import { departure, departures, NOON } from '../fixtures/departure.ts'
import type { OpenPair } from './store-pair.ts'

/** Part of `describeDepartureStore`: many amendments in one call. */
export function describeDepartureBulk(open: OpenPair): void {
  test('nothing is committed for nothing', async () => {
    await using pair = await open()
    expect(await pair.first.departures.commitAll([])).toEqual([])
  })

  test('answers stand in the order of the amendments, each for itself', async () => {
    await using pair = await open()
    const [a, b, c] = departures(3)
    if (!a || !b || !c) throw new Error('three departures are needed')
    const edit = amendment(a, { gate: 'A1' }, { commandId: 'k1' })
    const results = await pair.first.departures.commitAll([
      creation(a),
      creation(b),
      creation(b),
      edit,
      amendment(a, { gate: 'A2' }),
      edit,
      amendment(c, { gate: 'A3' }),
      amendment(edit.next, { gate: 'A4' }),
    ])
    const outcomes = ['committed', 'committed', 'exists', 'committed', 'stale', 'repeated', 'unknown', 'committed']
    expect(results.map(({ outcome }) => outcome)).toEqual(outcomes)
    expect(await pair.second.departures.get(a.id)).toMatchObject({ gate: 'A4', revision: 3 })
    expect(await pair.second.departures.get(b.id)).toEqual(b)
  })

  test('hundreds are committed, in the order of each departure, with their outbox', async () => {
    await using pair = await open()
    const made = departures(150)
    const edits = made.flatMap((start) => {
      const first = amendment(start, { gate: 'A1' })
      return [creation(start), first, amendment(first.next, { gate: 'A2' })]
    })
    const results = await pair.first.departures.commitAll(edits)
    expect(results.every(({ outcome }) => outcome === 'committed')).toBe(true)
    const stored = await pair.second.departures.listBetween(NOON, NOON * 2)
    expect(stored.map(({ id, gate, revision }) => ({ id, gate, revision }))).toEqual(
      made.map(({ id }) => ({ id, gate: 'A2', revision: 3 })),
    )
    expect(await pair.second.departures.backlog()).toMatchObject({ count: 450 })
  })

  test('single edits by others go on meanwhile and nothing is lost', async () => {
    await using pair = await open()
    const made = departures(100)
    const other = departure({ id: 'LH1-2026-11-20-FRA' })
    await pair.second.departures.commit(creation(other))
    const bulk = pair.first.departures.commitAll(made.map((each) => creation(each)))
    let present = other
    for (let index = 0; index < 20; index += 1) {
      const edit = amendment(present, { remark: `edit ${index}` })
      expect(await pair.second.departures.commit(edit)).toMatchObject({ outcome: 'committed' })
      present = edit.next
    }
    expect((await bulk).every(({ outcome }) => outcome === 'committed')).toBe(true)
    expect(await pair.first.departures.get(other.id)).toEqual(present)
    expect(await pair.first.departures.backlog()).toMatchObject({ count: 121 })
  })
}
