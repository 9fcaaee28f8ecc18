import { expect, test } from 'vitest'
import { NOON } from '../fixtures/departure.ts'
import { deliveries, delivery } from '../fixtures/notices.ts'
import type { OpenPair } from './store-pair.ts'

const request = { now: NOON, leaseUntil: NOON + 60, limit: 10 }

/** Part of `describeDeliveryStore`: the queue of those who send. */
export function describeDeliveryClaims(open: OpenPair): void {
  test('takes what is due, oldest first, as attempts', async () => {
    await using pair = await open()
    const made = [3, 1, 2].map((at) => delivery({ recipient: `r${at}`, createdAt: NOON - at }))
    const later = delivery({ recipient: 'later', createdAt: NOON - 9, notBefore: NOON + 1 })
    await pair.first.deliveries.enqueue([...made, later])
    const claimed = await pair.second.deliveries.claim({ ...request, limit: 2 })
    expect(claimed).toEqual(
      [made[0], made[2]].map((each) => ({ ...each, state: 'attempting', attempts: 1, updatedAt: NOON })),
    )
    expect(await pair.first.deliveries.claim(request)).toMatchObject([{ id: made[1]?.id }])
    expect(await pair.first.deliveries.claim(request)).toEqual([])
    expect(await pair.first.deliveries.claim({ ...request, now: NOON + 1 })).toMatchObject([{ id: later.id }])
  })

  test('of an empty queue, or of none, is nothing', async () => {
    await using pair = await open()
    expect(await pair.first.deliveries.claim(request)).toEqual([])
    await pair.first.deliveries.enqueue([delivery()])
    expect(await pair.first.deliveries.claim({ ...request, limit: 0 })).toEqual([])
    expect(await pair.first.deliveries.claim(request)).toHaveLength(1)
  })

  test('gives each delivery to exactly one of many senders', async () => {
    await using pair = await open()
    await pair.first.deliveries.enqueue(deliveries(400))
    const senders = Array.from({ length: 12 }, async (_, index) => {
      const store = (index % 2 === 0 ? pair.first : pair.second).deliveries
      const own: string[] = []
      for (let batch = await store.claim({ ...request, limit: 7 }); batch.length > 0; ) {
        own.push(...batch.map(({ id }) => id))
        batch = await store.claim({ ...request, limit: 7 })
      }
      return own
    })
    const claimed = (await Promise.all(senders)).flat()
    expect(claimed).toHaveLength(400)
    expect(new Set(claimed).size).toBe(400)
    expect(await pair.first.deliveries.backlog()).toMatchObject({ count: 400 })
  })

  test('that was not settled before its lease ended is abandoned', async () => {
    await using pair = await open()
    const [a, b] = [delivery({ recipient: 'a' }), delivery({ recipient: 'b' })]
    await pair.first.deliveries.enqueue([a, b, delivery({ recipient: 'c', notBefore: NOON + 99 })])
    await pair.first.deliveries.claim(request)
    await pair.first.deliveries.settle([{ id: b.id, state: 'sent' }], NOON)
    expect(await pair.second.deliveries.abandoned(NOON + 60, 10)).toEqual([])
    const abandoned = await pair.second.deliveries.abandoned(NOON + 61, 10)
    expect(abandoned).toEqual([{ ...a, state: 'attempting', attempts: 1, updatedAt: NOON }])
  })

  test('that was abandoned is listed at most as asked, and no longer once it is settled', async () => {
    await using pair = await open()
    const many = deliveries(5)
    await pair.first.deliveries.enqueue(many)
    await pair.first.deliveries.claim(request)
    expect(await pair.second.deliveries.abandoned(NOON + 99, 3)).toHaveLength(3)
    const settlements = many.map(({ id }) => ({ id, state: 'uncertain', reason: 'sender died' }) as const)
    await pair.second.deliveries.settle(settlements, NOON + 99)
    expect(await pair.first.deliveries.abandoned(NOON + 999, 10)).toEqual([])
  })

  test('again after an attempt has a lease of its own', async () => {
    await using pair = await open()
    const made = delivery()
    await pair.first.deliveries.enqueue([made])
    await pair.first.deliveries.claim(request)
    await pair.first.deliveries.settle(
      [{ id: made.id, state: 'queued', reason: 'busy', notBefore: NOON + 70 }],
      NOON + 1,
    )
    expect(await pair.first.deliveries.abandoned(NOON + 99, 10)).toEqual([])
    await pair.second.deliveries.claim({ now: NOON + 70, leaseUntil: NOON + 200, limit: 1 })
    expect(await pair.first.deliveries.abandoned(NOON + 100, 10)).toEqual([])
    expect(await pair.first.deliveries.abandoned(NOON + 201, 10)).toMatchObject([{ id: made.id, attempts: 2 }])
  })
}
