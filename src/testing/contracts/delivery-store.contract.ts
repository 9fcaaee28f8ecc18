import { describe, expect, test } from 'vitest'
import type { DeliveryCounts } from '../../shared/domain/delivery.ts'
import type { DeliveryStore, Settlement } from '../../shared/ports/notice-stores.ts'
import { departure, NOON } from '../fixtures/departure.ts'
import { deliveries, delivery } from '../fixtures/notices.ts'
import { describeDeliveryClaims } from './delivery-claims.contract.ts'
import type { OpenPair } from './store-pair.ts'

const HERE = departure().id
const THERE = 'LH400-2026-11-20-FRA'

/** What every `DeliveryStore` keeps to. */
export function describeDeliveryStore(name: string, open: OpenPair): void {
  describe(`DeliveryStore on ${name}`, () => {
    describe('enqueue', () => describeEnqueue(open))
    describe('claim', () => describeDeliveryClaims(open))
    describe('settle', () => describeSettle(open))
    describe('supersede', () => describeSupersede(open))
    describe('figures', () => describeFigures(open))
  })
}

function describeEnqueue(open: OpenPair): void {
  test('deliveries are read as they were added', async () => {
    await using pair = await open()
    const made = delivery({ channel: 'sms', contact: { kind: 'subscription', id: 's1' }, demo: true })
    expect(await pair.first.deliveries.enqueue([made])).toBe(1)
    expect(await pair.second.deliveries.listByDeparture(HERE)).toEqual([made])
    expect(await pair.second.deliveries.listByDeparture(THERE)).toEqual([])
  })

  test('known ones stay as they are, whatever became of them', async () => {
    await using pair = await open()
    const [a, b] = [delivery(), delivery({ channel: 'push' })]
    await pair.first.deliveries.enqueue([a])
    await claimAll(pair.first.deliveries)
    await pair.first.deliveries.settle([{ id: a.id, state: 'sent' }], NOON + 1)
    expect(await pair.second.deliveries.enqueue([a, b, b])).toBe(1)
    expect(await pair.second.deliveries.enqueue([])).toBe(0)
    expect(await pair.first.deliveries.countsByNotice(a.noticeId)).toEqual(counts({ sent: 1, queued: 1 }))
  })

  test('two who fan out the same notice add each delivery once', async () => {
    await using pair = await open()
    const many = deliveries(1_000)
    const added = await Promise.all([pair.first, pair.second].map((stores) => stores.deliveries.enqueue(many)))
    expect(added.reduce((sum, count) => sum + count, 0)).toBe(1_000)
    expect(await pair.first.deliveries.backlog()).toEqual({ count: 1_000, oldestAt: NOON })
  })
}

function describeSettle(open: OpenPair): void {
  test.each<Omit<Settlement, 'id'>>([
    { state: 'sent' },
    { state: 'delivered' },
    { state: 'failed', reason: 'no such mailbox' },
    { state: 'suppressed', reason: 'no longer valid' },
    { state: 'uncertain', reason: 'connection lost', wasUncertain: true },
  ])('an attempt ends as %o', async (end) => {
    await using pair = await open()
    const made = delivery()
    await pair.first.deliveries.enqueue([made])
    await claimAll(pair.first.deliveries)
    await pair.first.deliveries.settle([{ id: made.id, ...end }], NOON + 7)
    const expected = { ...made, ...end, attempts: 1, updatedAt: NOON + 7 }
    expect(await pair.second.deliveries.listByDeparture(HERE)).toEqual([expected])
    expect(await pair.second.deliveries.abandoned(NOON * 2, 10)).toEqual([])
    expect(await claimAll(pair.second.deliveries, NOON * 2)).toEqual([])
    expect(await pair.second.deliveries.backlog()).toEqual({ count: 0 })
  })

  test('a refusal that may pass is tried again, not before its time, and its reason goes with success', async () => {
    await using pair = await open()
    const made = delivery()
    await pair.first.deliveries.enqueue([made])
    await claimAll(pair.first.deliveries)
    const refusal = { id: made.id, state: 'queued', reason: 'busy', notBefore: NOON + 60 } as const
    await pair.first.deliveries.settle([refusal], NOON + 1)
    expect(await pair.second.deliveries.listByDeparture(HERE)).toMatchObject([refusal])
    expect(await claimAll(pair.second.deliveries, NOON + 59)).toEqual([])
    expect(await claimAll(pair.second.deliveries, NOON + 60)).toMatchObject([{ id: made.id, attempts: 2 }])
    await pair.second.deliveries.settle([{ id: made.id, state: 'sent' }], NOON + 61)
    const [sent] = await pair.first.deliveries.listByDeparture(HERE)
    expect(sent).toMatchObject({ state: 'sent', attempts: 2, notBefore: NOON + 60 })
    expect(sent).not.toHaveProperty('reason')
  })

  test('what was uncertain once stays marked', async () => {
    await using pair = await open()
    const made = delivery()
    await pair.first.deliveries.enqueue([made])
    await claimAll(pair.first.deliveries)
    await pair.first.deliveries.settle([{ id: made.id, state: 'queued', reason: 'lost', wasUncertain: true }], NOON)
    await claimAll(pair.first.deliveries)
    await pair.first.deliveries.settle([{ id: made.id, state: 'sent' }], NOON)
    expect(await pair.second.deliveries.listByDeparture(HERE)).toMatchObject([{ state: 'sent', wasUncertain: true }])
  })

  test('many are settled in one call; unknown ones are no error', async () => {
    await using pair = await open()
    const many = deliveries(300)
    await pair.first.deliveries.enqueue(many)
    await claimAll(pair.first.deliveries)
    const settlements = [
      ...many.map(({ id }) => ({ id, state: 'sent' as const })),
      { id: 'nothing', state: 'sent' as const },
    ]
    await pair.first.deliveries.settle(settlements, NOON)
    await pair.first.deliveries.settle([], NOON)
    expect(await pair.second.deliveries.countsByDeparture(HERE)).toEqual(counts({ sent: 300 }))
  })
}

function describeSupersede(open: OpenPair): void {
  test('ends what is queued of earlier notices of the departure, with a reason, and nothing else', async () => {
    await using pair = await open()
    const attempting = delivery({ noticeId: `${HERE}:1`, sequence: 1 })
    await pair.first.deliveries.enqueue([attempting])
    await claimAll(pair.first.deliveries)
    await pair.first.deliveries.enqueue([
      delivery({ noticeId: `${HERE}:2`, sequence: 1, recipient: 'a' }),
      delivery({ noticeId: `${HERE}:2`, sequence: 1, recipient: 'b' }),
      delivery({ noticeId: `${HERE}:3`, sequence: 2 }),
      delivery({ noticeId: `${THERE}:1`, sequence: 1, departureId: THERE }),
    ])
    expect(await pair.second.deliveries.supersede(HERE, 2, NOON + 5)).toBe(2)
    expect(await pair.second.deliveries.supersede(HERE, 2, NOON + 6)).toBe(0)
    expect(await pair.first.deliveries.countsByNotice(`${HERE}:1`)).toEqual(counts({ attempting: 1 }))
    expect(await pair.first.deliveries.countsByNotice(`${HERE}:3`)).toEqual(counts({ queued: 1 }))
    expect(await pair.first.deliveries.countsByDeparture(THERE)).toEqual(counts({ queued: 1 }))
    const ended = (await pair.first.deliveries.listByDeparture(HERE)).filter(({ state }) => state === 'suppressed')
    expect(ended).toMatchObject([{ updatedAt: NOON + 5 }, { updatedAt: NOON + 5 }])
    expect(ended.every(({ reason }) => reason !== undefined && reason !== '')).toBe(true)
  })

  test('and claiming never share a delivery', async () => {
    await using pair = await open()
    await pair.first.deliveries.enqueue(deliveries(200))
    const [superseded, ...claimed] = await Promise.all([
      pair.first.deliveries.supersede(HERE, 9, NOON),
      claimAll(pair.second.deliveries, NOON, 50),
      claimAll(pair.second.deliveries, NOON, 50),
    ])
    expect(superseded + claimed.flat().length).toBeLessThanOrEqual(200)
    const figures = await pair.first.deliveries.countsByDeparture(HERE)
    expect(figures).toMatchObject({ suppressed: superseded, attempting: claimed.flat().length })
  })
}

function describeFigures(open: OpenPair): void {
  test('count by notice, departure and broadcast', async () => {
    await using pair = await open()
    const causes = [`${HERE}:2`, 'b1/x', 'b1/y', 'b11/x']
    for (const [index, noticeId] of causes.entries()) {
      const departureId = noticeId.endsWith('y') ? THERE : HERE
      await pair.first.deliveries.enqueue(deliveries(index + 1, { noticeId, departureId }))
    }
    const store = pair.second.deliveries
    expect(await store.countsByNotice('b1/x')).toEqual(counts({ queued: 2 }))
    expect(await store.countsByBroadcast('b1')).toEqual(counts({ queued: 5 }))
    expect(await store.countsByBroadcast('b11')).toEqual(counts({ queued: 4 }))
    expect(await store.countsByDeparture(HERE)).toEqual(counts({ queued: 7 }))
    expect(await store.countsByBroadcast('nothing')).toEqual(counts({}))
  })

  test('the backlog holds what is queued or attempting, and the age of the oldest', async () => {
    await using pair = await open()
    const store = pair.first.deliveries
    expect(await store.backlog()).toEqual({ count: 0 })
    const made = [3, 1, 2].map((at) => delivery({ recipient: `r${at}`, createdAt: NOON + at }))
    await store.enqueue(made)
    await claimAll(store, NOON, 1)
    expect(await pair.second.deliveries.backlog()).toEqual({ count: 3, oldestAt: NOON + 1 })
    await store.settle([{ id: made[1]?.id ?? '', state: 'sent' }], NOON)
    expect(await pair.second.deliveries.backlog()).toEqual({ count: 2, oldestAt: NOON + 2 })
  })
}

function claimAll(store: DeliveryStore, now = NOON, limit = 1_000) {
  return store.claim({ now, leaseUntil: now + 60, limit })
}

function counts(some: Partial<DeliveryCounts>): DeliveryCounts {
  return { queued: 0, attempting: 0, sent: 0, delivered: 0, failed: 0, suppressed: 0, uncertain: 0, ...some }
}
