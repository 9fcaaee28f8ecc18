import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BROADCAST_SEQUENCE, broadcastNotice } from '../../../src/shared/domain/broadcast-notice.ts'
import { HOUR } from '../../../src/shared/domain/instant.ts'
import type { Notice } from '../../../src/shared/domain/notice.ts'
import { departure, NOON } from '../../../src/testing/fixtures/departure.ts'
import { broadcast, notice, toldState } from '../../../src/testing/fixtures/notices.ts'
import { booking, bookings, passenger, subscription } from '../../../src/testing/fixtures/passengers.ts'
import { type NotifierWorld, openNotifierWorld } from '../../../src/testing/notifier/notifier-world.ts'
import { type ScriptedChannel, scriptedChannel } from '../../../src/testing/notifier/scripted-channel.ts'
import { fanOutNotice } from '../fan-out/fan-out-notice.ts'
import { dispatchBatch } from './dispatch-batch.ts'
import type { DispatchContext } from './dispatch-context.ts'
import { MOST_ATTEMPTS } from './retry-delay.ts'

let world: NotifierWorld
let provider: ScriptedChannel
const about = departure()

beforeEach(async () => {
  world = await openNotifierWorld()
  provider = scriptedChannel()
})

afterEach(() => world[Symbol.asyncDispose]())

async function queue(given: Notice = notice(), sequence = 1): Promise<void> {
  await world.stores.notices.put(given, sequence)
  await fanOutNotice(world.context(), { notice: given, sequence })
}

async function drain(context: DispatchContext = world.dispatch({ smtp: provider })): Promise<void> {
  while (await dispatchBatch(context));
  await context.events.flush()
}

const list = () => world.stores.deliveries.listByDeparture(about.id)
const only = async () => (await list())[0]

describe('sending', () => {
  test('reaches everybody once, settles each, and tells the log without addresses', async () => {
    await world.stores.bookings.putAll(bookings(250))
    await queue()
    await drain(world.dispatch())
    expect(new Set((await world.mails()).map(({ to }) => to)).size).toBe(250)
    expect(await world.stores.deliveries.countsByNotice(notice().id)).toMatchObject({
      sent: 250,
      queued: 0,
      attempting: 0,
    })
    const events = world.log.records('delivery_events')
    expect(events).toHaveLength(250)
    expect(events.some(({ value }) => value?.includes('@'))).toBe(false)
  })

  test('goes on when the log does not take its events', async () => {
    await world.stores.bookings.putAll(bookings(3))
    await queue()
    world.log.failWith(new Error('log is away'))
    await drain(world.dispatch())
    expect(await world.mails()).toHaveLength(3)
    expect(world.logger.lines.map(({ message }) => message)).toContain('delivery events were not published')
  })

  test('is left to the one sender', async () => {
    await world.stores.bookings.putAll([booking()])
    await queue()
    expect(await dispatchBatch(world.dispatch({ isSender: () => false }))).toBe(false)
    expect(await only()).toMatchObject({ state: 'queued', attempts: 0 })
  })

  test('by two senders at once, should that ever be, still sends each delivery once', async () => {
    await world.stores.bookings.putAll(bookings(60))
    await queue()
    const other = world.dispatch({ smtp: provider, stores: world.otherStores, owner: 'process-2' })
    await Promise.all([drain(), drain(other)])
    expect(provider.taken).toHaveLength(60)
    expect(new Set(provider.taken.map(({ id }) => id)).size).toBe(60)
  })

  test('stops when the lease is lost, and leaves what it holds to the successor', async () => {
    await world.stores.bookings.putAll([booking()])
    await queue()
    let asked = 0
    const isSender = () => {
      asked += 1
      return asked < 2
    }
    await dispatchBatch(world.dispatch({ smtp: provider, isSender }))
    expect(provider.taken).toEqual([])
    expect(await only()).toMatchObject({ state: 'attempting' })
  })
})

describe('at the moment of sending', () => {
  test.each([
    [
      'the booking moved to another flight',
      booking({ departureId: 'B6999-2026-11-20-JFK' }),
      'suppressed',
      'not booked on this flight any more',
    ],
    [
      'the address was taken out',
      booking({ passenger: { name: 'Ada', language: 'en', zone: 'UTC' } }),
      'suppressed',
      'no e-mail address',
    ],
    [
      'the address is two',
      booking({ passenger: passenger({ email: 'a@example.com,b@example.com' }) }),
      'failed',
      'the e-mail address cannot be used',
    ],
    [
      'the address was sealed elsewhere',
      booking({ passenger: passenger({ email: 'sealed:v1:AAAA' }) }),
      'failed',
      'the e-mail address cannot be used',
    ],
  ])('%s: nothing is sent, and the record says why', async (_name, changed, state, reason) => {
    await world.stores.bookings.putAll([booking()])
    await queue()
    await world.stores.bookings.putAll([changed])
    await drain()
    expect([provider.taken, await only()]).toMatchObject([[], { state, reason }])
  })

  test('a follower who has ended meanwhile gets nothing more', async () => {
    await follow()
    await queue()
    await world.stores.subscriptions.end('unsubscribe-hash-1', NOON)
    await drain()
    expect([provider.taken, await only()]).toMatchObject([[], { state: 'suppressed', reason: 'unsubscribed' }])
  })

  test('a follower gets the link that ends it', async () => {
    await follow()
    await queue()
    await drain()
    expect(provider.taken).toMatchObject([
      { to: 'bob@example.com', unsubscribeUrl: expect.stringContaining('/unsubscribe?token=') },
    ])
  })

  test('a broadcast that expired in the queue is not sent', async () => {
    await world.stores.bookings.putAll([booking()])
    await world.stores.broadcasts.add(broadcast())
    await queue(broadcastNotice(broadcast(), about, NOON), BROADCAST_SEQUENCE)
    world.clock.advance(HOUR)
    await drain()
    expect(await only()).toMatchObject({ state: 'suppressed', reason: 'expired before it could be sent' })
  })

  async function follow(): Promise<void> {
    const address = world.parts.sealer.seal('bob@example.com')
    await world.stores.subscriptions.request(subscription({ address }))
    await world.stores.subscriptions.confirm('confirm-hash-1', NOON)
  }
})

describe('what is made up for demonstration', () => {
  test.each([
    ['a made-up booking', booking({ demo: true }), notice()],
    ['a made-up departure', booking(), notice({ departure: departure({ demo: true, gate: 'C7', revision: 2 }) })],
  ])('%s reaches only the mailbox, although a mail server is there', async (_name, booked, given) => {
    await world.stores.bookings.putAll([booked])
    await queue(given)
    await drain()
    expect([provider.calls, (await world.mails()).length]).toEqual([[], 1])
  })

  test('a booking that became one after it was queued does so too', async () => {
    await world.stores.bookings.putAll([booking()])
    await queue()
    await world.stores.bookings.putAll([booking({ demo: true })])
    await drain()
    expect([provider.calls, (await world.mails()).length]).toEqual([[], 1])
  })
})

describe('a refusal', () => {
  beforeEach(async () => {
    await world.stores.bookings.putAll([booking()])
    await queue()
  })

  test('that may pass is tried again later, under the same Message-ID', async () => {
    const ids: string[] = []
    provider.answer(({ id }) => {
      ids.push(id)
      return ids.length === 1
        ? { outcome: 'refused', permanent: false, reason: 'server answered 450' }
        : { outcome: 'accepted' }
    })
    await drain()
    const waiting = await only()
    expect(waiting).toMatchObject({ state: 'queued', reason: 'server answered 450', attempts: 1 })
    expect(waiting?.notBefore).toBeGreaterThanOrEqual(NOON + 2_500)
    await drain()
    expect(ids).toHaveLength(1)
    world.clock.advance(5_001)
    await drain()
    expect(new Set(ids).size).toBe(1)
    expect(await only()).toMatchObject({ state: 'sent', attempts: 2 })
  })

  test('that never passes ends after a bounded number of tries', async () => {
    provider.answer(() => ({ outcome: 'refused', permanent: false, reason: 'server answered 421' }))
    for (let time = 0; time < 20; time += 1) {
      await drain()
      world.clock.advance(HOUR)
    }
    expect(provider.calls).toHaveLength(MOST_ATTEMPTS)
    expect(await only()).toMatchObject({ state: 'failed', reason: 'given up after 6 tries: server answered 421' })
  })

  test('for good is not tried again', async () => {
    provider.answer(() => ({ outcome: 'refused', permanent: true, reason: 'server answered 550' }))
    await drain()
    world.clock.advance(HOUR)
    await drain()
    expect([provider.calls.length, await only()]).toMatchObject([1, { state: 'failed', reason: 'server answered 550' }])
  })
})

describe('an attempt whose end nobody saw', () => {
  const lost = { outcome: 'uncertain', reason: 'connection lost' } as const

  test('stays uncertain and is not sent again', async () => {
    await world.stores.bookings.putAll([booking()])
    await queue(notice({ critical: false }))
    provider.answer(() => lost)
    await drain()
    world.clock.advance(HOUR)
    await drain()
    expect([provider.taken.length, await only()]).toMatchObject([
      1,
      { state: 'uncertain', reason: 'connection lost', wasUncertain: true },
    ])
  })

  test('of a critical notice is sent again with the same Message-ID, and remains marked', async () => {
    await world.stores.bookings.putAll([booking()])
    await queue(notice({ critical: true }))
    provider.answer(() => (provider.calls.length === 1 ? lost : { outcome: 'accepted' }))
    await drain()
    world.clock.advance(HOUR)
    await drain()
    expect(new Set(provider.taken.map(({ id }) => id)).size).toBe(1)
    expect([provider.taken.length, await only()]).toMatchObject([2, { state: 'sent', wasUncertain: true }])
  })
})

describe('order', () => {
  test('an older notice that comes back from a refusal never arrives after the newer one', async () => {
    await world.stores.bookings.putAll([booking()])
    await queue(notice({ id: 'older' }), 1)
    provider.answer(() => ({ outcome: 'refused', permanent: false, reason: 'busy' }))
    await drain()
    // Decided, but not yet fanned out: the narrowest moment, in which nothing has ended the older one yet.
    await world.stores.notices.saveState(toldState({ sequence: 2 }))
    provider.answer(() => ({ outcome: 'accepted' }))
    world.clock.advance(HOUR)
    await drain()
    expect(provider.taken).toEqual([])
    expect(await only()).toMatchObject({ state: 'suppressed', reason: 'superseded by a newer notice' })
    await queue(notice({ id: 'newer' }), 2)
    await drain()
    expect(provider.taken).toHaveLength(1)
  })

  test('two messages to one person about one departure go one after the other', async () => {
    await world.stores.bookings.putAll(bookings(2))
    await world.stores.broadcasts.add(broadcast())
    await queue(notice(), 1)
    await queue(broadcastNotice(broadcast(), about, NOON), BROADCAST_SEQUENCE)
    await drain()
    expect(provider.calls.map((call) => new Set(call.map(({ to }) => to)).size)).toEqual(
      provider.calls.map(({ length }) => length),
    )
    expect(provider.taken).toHaveLength(4)
  })
})
