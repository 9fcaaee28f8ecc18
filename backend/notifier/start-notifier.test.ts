import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createMetrics } from '../../src/node/metrics/create-metrics.ts'
import { MINUTE } from '../../src/shared/domain/instant.ts'
import { MERGE_WINDOW } from '../../src/shared/domain/notice-policy.ts'
import { encodeBroadcastSent } from '../../src/shared/events/broadcast-sent.ts'
import { departure } from '../../src/testing/fixtures/departure.ts'
import { eventually } from '../../src/testing/fixtures/eventually.ts'
import { broadcast } from '../../src/testing/fixtures/notices.ts'
import { bookings, subscription } from '../../src/testing/fixtures/passengers.ts'
import { type NotifierWorld, openNotifierWorld } from '../../src/testing/notifier/notifier-world.ts'
import { startMailServer } from '../../src/testing/services/mail-server.ts'

let world: NotifierWorld
const about = departure()
const late = (minutes: number) => ({ estimatedAt: about.scheduledAt + minutes * MINUTE })

beforeEach(async () => {
  world = await openNotifierWorld()
  await world.stores.bookings.putAll(bookings(4))
})

afterEach(() => world[Symbol.asyncDispose]())

const publish = (...edits: Parameters<NotifierWorld['edit']>[0][]) =>
  world.log.append(
    'flight_updates',
    edits.map((patch) => world.edit(patch)),
  )
const mailed = async (count: number) => (await world.mails()).length === count

describe('the notifier', () => {
  test('tells everybody booked of a change, once', async () => {
    await world.start()
    await publish(late(40))
    await eventually(() => mailed(4))
    const [mail] = await world.mails('p0@example.com')
    expect(mail?.subject).toContain('new departure time')
    // A mail lies in the mailbox a moment before its delivery is settled.
    const states = async () => (await world.stores.deliveries.listByDeparture(about.id)).map(({ state }) => state)
    await eventually(async () => (await states()).every((state) => state === 'sent'))
  })

  test('tells what merged together at the end of the window, and the last mail is the last state', async () => {
    await world.start()
    await publish(late(20), late(60), late(90))
    await eventually(() => mailed(4))
    world.clock.advance(MERGE_WINDOW)
    await eventually(() => mailed(8))
    expect((await world.mails('p0@example.com')).at(-1)?.subject).toContain('10:30 AM EST')
  })

  test('merges for as long as it is told to', async () => {
    await world.start({ settings: { ...world.parts.settings, mergeWindow: 2_000 } })
    await publish(late(20), late(60))
    await eventually(() => mailed(4))
    world.clock.advance(2_000)
    await eventually(() => mailed(8))
  })

  test('sends a broadcast to the passengers of its departures', async () => {
    await world.start()
    await world.stores.broadcasts.add(broadcast())
    await world.log.append('broadcasts', [encodeBroadcastSent(broadcast())])
    await eventually(() => mailed(4))
    expect((await world.mails())[0]?.text).toContain('Water is served at gate B12.')
    // A mail lies in the mailbox a moment before its delivery is settled.
    await eventually(async () => (await world.stores.deliveries.countsByBroadcast('broadcast-1')).sent === 4)
  })

  test('sends over a mail server where there is one', async () => {
    await using server = await startMailServer()
    const smtp = { url: server.url, from: 'notices@airline.example.com' }
    await world.start({ settings: { ...world.parts.settings, smtp } })
    await publish(late(40))
    const received = await server.waitFor(4)
    expect(new Set(received.flatMap(({ recipients }) => recipients)).size).toBe(4)
    expect(await world.mails()).toEqual([])
  })

  test('mails confirmations', async () => {
    const notifier = await world.start()
    const address = world.parts.sealer.seal('bob@example.com')
    await notifier.sendConfirmation({ subscription: subscription({ address }), confirmToken: 'the-token' })
    expect(await world.mails('bob@example.com')).toHaveLength(1)
  })
})

describe('two notifiers on one store', () => {
  test('read the same events and send each mail once', async () => {
    await world.start()
    await world.start({ stores: world.otherStores })
    await publish(late(40))
    await publish({ gate: 'D4' })
    await eventually(
      async () =>
        (await world.stores.deliveries.backlog()).count === 0 &&
        (await world.mails('p0@example.com')).at(-1)?.subject?.includes('D4') === true,
    )
    await new Promise((resolve) => setTimeout(resolve, 50))
    const mails = await world.mails()
    expect(new Set(mails.map(({ to, subject }) => `${to} ${subject}`)).size).toBe(mails.length)
  })

  test('take over from one another', async () => {
    const first = await world.start()
    await eventually(async () => (await first.health()).isSender === true)
    const second = await world.start({ stores: world.otherStores, settings: { ...world.parts.settings, leaseTtl: 60 } })
    expect((await second.health()).isSender).toBe(false)
    await first.close()
    await eventually(async () => (await second.health()).isSender === true)
    await publish(late(40))
    await eventually(() => mailed(4))
  })
})

describe('health', () => {
  test('shows lag, backlog, age and who sends', async () => {
    const notifier = await world.start()
    await eventually(async () => (await notifier.health()).isSender === true)
    expect(await notifier.health()).toEqual({
      status: 'ok',
      lag: 0,
      backlog: 0,
      age: 0,
      isSender: true,
    })
  })

  test('is degraded while a store fails, names what does not work, and recovers', async () => {
    let isDown = true
    const { deliveries } = world.stores
    const claim: typeof deliveries.claim = (request) =>
      isDown ? Promise.reject(new Error('store is away')) : deliveries.claim(request)
    const notifier = await world.start({ stores: { ...world.stores, deliveries: { ...deliveries, claim } } })
    await publish(late(40))
    await eventually(async () => (await notifier.health()).failing === 'dispatch')
    expect((await notifier.health()).status).toBe('degraded')
    isDown = false
    await eventually(() => mailed(4))
    await eventually(async () => (await notifier.health()).status === 'ok')
  })

  test('figures name outcomes and states, and nobody', async () => {
    const metrics = createMetrics()
    await world.start({ metrics })
    world.log.inject('flight_updates', '{')
    await publish(late(40), { boardingAt: 0 })
    await eventually(() => mailed(4))
    await eventually(async () => (await metrics.registry.metrics()).includes('state="sent",channel="email"} 4'))
    const text = await metrics.registry.metrics()
    expect(text).toContain('flightline_notifier_decisions_total{outcome="told"} 1')
    expect(text).toContain('flightline_notifier_buried_total{topic="flight_updates"} 1')
    expect(text).not.toMatch(/example\.com|B6739/)
  })
})
