import { describe, expect, test } from 'vitest'
import { NOON } from '../fixtures/departure.ts'
import { broadcast } from '../fixtures/notices.ts'
import type { OpenPair } from './store-pair.ts'

/** What every `BroadcastStore` keeps to. */
export function describeBroadcastStore(name: string, open: OpenPair): void {
  describe(`BroadcastStore on ${name}`, () => {
    describe('adding', () => describeAdding(open))
    describe('reads and outbox', () => describeReads(open))
  })
}

function describeAdding(open: OpenPair): void {
  test('a broadcast is read as it was added', async () => {
    await using pair = await open()
    const made = broadcast({ audience: { filter: { origin: 'JFK', delayedAtLeast: 60 } }, text: `"it's" – {ok} $5` })
    expect(await pair.first.broadcasts.add(made)).toEqual(made)
    expect(await pair.second.broadcasts.get(made.id)).toEqual(made)
    expect(await pair.second.broadcasts.get('nothing')).toBeUndefined()
  })

  test('a repeated command gets the first broadcast', async () => {
    await using pair = await open()
    const first = await pair.first.broadcasts.add(broadcast())
    const again = await pair.second.broadcasts.add(broadcast({ id: 'broadcast-2', text: 'other' }))
    expect(again).toEqual(first)
    expect(await pair.first.broadcasts.get('broadcast-2')).toBeUndefined()
    expect(await pair.first.broadcasts.latest(10)).toEqual([first])
  })

  test('the same command many times at once adds one', async () => {
    await using pair = await open()
    const added = await Promise.all(
      Array.from({ length: 30 }, (_, index) => {
        const { broadcasts } = index % 2 === 0 ? pair.first : pair.second
        return broadcasts.add(broadcast({ id: `broadcast-${index}` }))
      }),
    )
    expect(new Set(added.map(({ id }) => id)).size).toBe(1)
    expect(await pair.first.broadcasts.unpublished(100)).toEqual([added[0]])
  })
}

function describeReads(open: OpenPair): void {
  const made = [2, 3, 1].map((number) =>
    broadcast({
      id: `b${number}`,
      commandId: `k${number}`,
      createdAt: NOON + number,
      validUntil: NOON + 100 * number,
    }),
  )

  test('the newest are listed first', async () => {
    await using pair = await open()
    for (const each of made) await pair.first.broadcasts.add(each)
    const latest = async (limit: number) => (await pair.second.broadcasts.latest(limit)).map(({ id }) => id)
    expect(await latest(10)).toEqual(['b3', 'b2', 'b1'])
    expect(await latest(1)).toEqual(['b3'])
  })

  test('those are valid whose end has not come', async () => {
    await using pair = await open()
    for (const each of made) await pair.first.broadcasts.add(each)
    const valid = async (now: number) => (await pair.second.broadcasts.valid(now)).map(({ id }) => id).sort()
    expect(await valid(NOON + 99)).toEqual(['b1', 'b2', 'b3'])
    expect(await valid(NOON + 100)).toEqual(['b2', 'b3'])
    expect(await valid(NOON + 300)).toEqual([])
  })

  test('unpublished ones wait in order, until they are marked, however often', async () => {
    await using pair = await open()
    for (const each of made) await pair.first.broadcasts.add(each)
    const waiting = async (limit = 10) => (await pair.second.broadcasts.unpublished(limit)).map(({ id }) => id)
    expect(await waiting()).toEqual(['b1', 'b2', 'b3'])
    expect(await waiting(2)).toEqual(['b1', 'b2'])
    await pair.first.broadcasts.markPublished(['b1', 'nothing'])
    await pair.second.broadcasts.markPublished(['b1', 'b2'])
    await pair.second.broadcasts.markPublished([])
    expect(await waiting()).toEqual(['b3'])
    expect(await pair.first.broadcasts.get('b1')).toEqual(made[2])
  })
}
