import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BROADCAST_SEQUENCE, broadcastNotice } from '../../../src/shared/domain/broadcast-notice.ts'
import type { Notice } from '../../../src/shared/domain/notice.ts'
import type { Booking, Subscription } from '../../../src/shared/domain/passenger.ts'
import { departure, NOON } from '../../../src/testing/fixtures/departure.ts'
import { broadcast, notice } from '../../../src/testing/fixtures/notices.ts'
import { booking, bookings, passenger, subscription } from '../../../src/testing/fixtures/passengers.ts'
import { type NotifierWorld, openNotifierWorld } from '../../../src/testing/notifier/notifier-world.ts'
import { fanOutNotice } from './fan-out-notice.ts'
import { createFanOutStep } from './fan-out-step.ts'

let world: NotifierWorld
const about = departure()

beforeEach(async () => {
  world = await openNotifierWorld()
})

afterEach(() => world[Symbol.asyncDispose]())

async function fanOut(given: Notice = notice(), sequence = 1): Promise<void> {
  await world.stores.notices.put(given, sequence)
  await fanOutNotice(world.context(), { notice: given, sequence })
}

const list = () => world.stores.deliveries.listByDeparture(about.id)
const book = (...given: Booking[]) => world.stores.bookings.putAll(given)

async function follow(more: Partial<Subscription> = {}): Promise<void> {
  const id = more.id ?? 'subscription-1'
  const hashes = { confirmHash: `confirm ${id}`, unsubscribeHash: `end ${id}` }
  await world.stores.subscriptions.request(subscription({ ...hashes, ...more }))
}

describe('fanning out', () => {
  test('makes one queued delivery for everybody booked and every confirmed follower', async () => {
    await book(...bookings(3))
    await follow()
    await world.stores.subscriptions.confirm('confirm subscription-1', NOON)
    await fanOut()
    const found = await list()
    expect(found.map(({ recipient, contact, state }) => [recipient, contact.kind, state]).sort()).toEqual([
      ['key-0', 'booking', 'queued'],
      ['key-1', 'booking', 'queued'],
      ['key-2', 'booking', 'queued'],
      ['key-bob', 'subscription', 'queued'],
    ])
    expect(found[0]?.id).toBe(`${notice().id}|${found[0]?.recipient}|email`)
  })

  test('writes nobody who has not confirmed or has ended', async () => {
    await follow({ id: 'a', recipient: 'key-a' })
    await follow({ id: 'b', recipient: 'key-b' })
    await world.stores.subscriptions.confirm('confirm b', NOON)
    await world.stores.subscriptions.end('end b', NOON)
    await fanOut()
    expect(await list()).toEqual([])
  })

  test('counts one person once: booked twice, or booked and following', async () => {
    const ada = { passenger: passenger() }
    await book(booking({ id: '1', ...ada }), booking({ id: '2', ...ada }))
    await follow({ recipient: 'key-ada' })
    await world.stores.subscriptions.confirm('confirm subscription-1', NOON)
    await fanOut()
    expect(await list()).toMatchObject([{ recipient: 'key-ada', contact: { kind: 'booking' } }])
  })

  test('finds the same person also where another system wrote the address in clear', async () => {
    const { emailKey: _, ...clear } = passenger({ email: ' ADA@example.com' })
    const emailKey = world.parts.sealer.blindIndex('ada@example.com')
    const email = world.parts.sealer.seal('ada@example.com')
    await book(booking({ id: '1', passenger: clear }), booking({ id: '2', passenger: passenger({ email, emailKey }) }))
    await fanOut()
    expect(await list()).toMatchObject([{ recipient: emailKey }])
  })

  test('keeps a record of whoever cannot be written to', async () => {
    const { email: _, emailKey: __, ...mute } = passenger()
    const { emailKey: ___, ...foreign } = passenger({ email: 'sealed:v1:AAAA' })
    await book(booking({ id: '1', passenger: mute }), booking({ id: '2', passenger: foreign }))
    await fanOut()
    expect((await list()).map(({ state, reason }) => `${state}: ${reason}`).sort()).toEqual([
      'suppressed: e-mail address cannot be read',
      'suppressed: no e-mail address',
    ])
    expect(JSON.stringify(await list())).not.toContain('example.com')
  })

  test('reaches every page of a large aircraft', async () => {
    await book(...bookings(1_203))
    await fanOut()
    expect(await list()).toHaveLength(1_203)
  })

  test('marks as demo what is booked for demonstration or on a made-up departure', async () => {
    await book(...bookings(1, { demo: true }), booking({ id: 'real' }))
    await fanOut()
    expect((await list()).map(({ demo }) => demo).sort()).toEqual([false, true])
    await fanOut(notice({ id: 'other', departure: departure({ demo: true }) }), 2)
    expect((await list()).filter(({ noticeId }) => noticeId === 'other').map(({ demo }) => demo)).toEqual([true, true])
  })
})

describe('fanning out again', () => {
  test('changes nothing', async () => {
    await book(...bookings(20))
    await fanOut()
    const before = await list()
    await fanOut()
    expect(await list()).toEqual(before)
  })

  test('after a crash in the middle completes what is missing', async () => {
    await book(...bookings(900))
    let calls = 0
    const { deliveries } = world.stores
    const dying = {
      ...deliveries,
      enqueue: (...given: Parameters<typeof deliveries.enqueue>) => {
        calls += 1
        return calls === 2 ? Promise.reject(new Error('crash')) : deliveries.enqueue(...given)
      },
    }
    await world.stores.notices.put(notice(), 1)
    const context = world.context({ stores: { ...world.stores, deliveries: dying } })
    const step = createFanOutStep(context, { isSender: () => true, onQueued: () => undefined })
    await expect(step()).rejects.toThrow('crash')
    expect(await list()).toHaveLength(500)
    await step()
    expect(await list()).toHaveLength(900)
    expect(await world.stores.notices.pendingFanOut(NOON, 10)).toEqual([])
  })
})

describe('a newer notice', () => {
  test('ends what older ones have in the queue, and only that', async () => {
    await book(...bookings(2))
    await fanOut(notice(), 1)
    const [first] = await world.stores.deliveries.claim({ now: NOON, leaseUntil: NOON + 5_000, limit: 1 })
    await fanOut(notice({ id: 'newer' }), 2)
    const states = new Map((await list()).map(({ id, state, reason }) => [id, `${state} ${reason}`]))
    expect(states.get(first?.id ?? '')).toBe('attempting undefined')
    expect([...states.values()].sort()).toEqual([
      'attempting undefined',
      'queued undefined',
      'queued undefined',
      'suppressed superseded by a newer notice',
    ])
  })

  test('leaves a broadcast alone, and is left alone by one', async () => {
    await book(booking())
    await world.stores.broadcasts.add(broadcast())
    await fanOut(notice(), 1)
    await fanOut(broadcastNotice(broadcast(), about, NOON), BROADCAST_SEQUENCE)
    await fanOut(notice({ id: 'newer' }), 2)
    expect((await list()).map(({ noticeId, state }) => `${noticeId} ${state}`).sort()).toEqual([
      `${about.id}:2 suppressed`,
      `broadcast-1/${about.id} queued`,
      'newer queued',
    ])
  })
})

describe('a broadcast', () => {
  test('that has expired leaves the record that it did', async () => {
    await book(...bookings(2))
    await world.stores.broadcasts.add(broadcast({ validUntil: NOON }))
    await fanOut(broadcastNotice(broadcast(), about, NOON), BROADCAST_SEQUENCE)
    expect(await world.stores.deliveries.countsByBroadcast('broadcast-1')).toMatchObject({ suppressed: 2, queued: 0 })
    expect((await list())[0]?.reason).toBe('expired before it could be sent')
  })

  test('over a channel that has no provider leaves a record for it', async () => {
    await book(booking())
    await world.stores.broadcasts.add(broadcast({ channels: ['email', 'sms'] }))
    await fanOut(broadcastNotice(broadcast(), about, NOON), BROADCAST_SEQUENCE)
    expect((await list()).map(({ channel, state, reason }) => `${channel} ${state} ${reason}`).sort()).toEqual([
      'email queued undefined',
      'sms suppressed no provider for sms',
    ])
  })
})

test('only the one sender fans out, and tells who sends', async () => {
  await book(booking())
  await world.stores.notices.put(notice(), 1)
  let queued = 0
  const stepAs = (isSender: boolean) =>
    createFanOutStep(world.context(), {
      isSender: () => isSender,
      onQueued: () => {
        queued += 1
      },
    })()
  await stepAs(false)
  expect([queued, (await list()).length]).toEqual([0, 0])
  await stepAs(true)
  expect([queued, (await list()).length]).toEqual([1, 1])
})
