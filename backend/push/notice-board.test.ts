import { describe, expect, test } from 'vitest'
import { encodeBroadcastSent } from '../../src/shared/events/broadcast-sent.ts'
import { departures, NOON } from '../../src/testing/fixtures/departure.ts'
import { eventually } from '../../src/testing/fixtures/eventually.ts'
import { broadcast } from '../../src/testing/fixtures/notices.ts'
import { settle } from '../../src/testing/push/push-client.ts'
import { startPushWorld } from '../../src/testing/push/push-world.ts'

const ID = 'B6739-2026-11-20-JFK'
const [A, B] = ['B61-2026-11-20-JFK', 'B62-2026-11-20-JFK']
const everything = { op: 'follow', all: true }

describe('notices', () => {
  const toBoth = broadcast({ id: 'b1', departureIds: [A, B], text: 'Water at B12', severity: 'warning' })

  test('reach those who follow the flight, one frame per flight', async () => {
    await using world = await startPushWorld({ seed: departures(3) })
    const one = await world.follow({ op: 'follow', flights: { [A]: 0, [ID]: 0 } })
    const all = await world.follow(everything)
    const other = await world.follow({ op: 'follow', flights: { 'B63-2026-11-20-JFK': 0 } })
    await world.log.append('broadcasts', [encodeBroadcastSent(toBoth)])
    const notice = { id: 'b1', text: 'Water at B12', severity: 'warning', at: '2026-11-20T12:00:00Z' }
    await all.waitFor('notice', 2)
    expect(all.all('notice')).toEqual([A, B].map((flightId) => ({ op: 'notice', flightId, notice })))
    await one.waitFor('notice')
    expect(one.all('notice')).toEqual([{ op: 'notice', flightId: A, notice }])
    await settle(other)
    expect(other.all('notice')).toEqual([])
    expect(all.texts.join('')).not.toContain(toBoth.by)
  })

  test('are told once, however often the log repeats them', async () => {
    await using world = await startPushWorld({ seed: departures(2) })
    const client = await world.follow({ op: 'follow', flights: { [A]: 0 } })
    const message = encodeBroadcastSent(toBoth)
    await world.log.append('broadcasts', [message, message])
    await world.log.append('broadcasts', [message])
    await world.log.settled()
    await settle(client)
    expect(client.all('notice')).toHaveLength(1)
  })

  test('that are still valid are in every snapshot, until they end', async () => {
    await using world = await startPushWorld({ seed: departures(3), limits: { sweep: 10 } })
    await world.log.append('broadcasts', [encodeBroadcastSent(toBoth)])
    await world.log.settled()
    const entry = { flightId: A, notice: { id: 'b1' } }
    const one = await world.follow({ op: 'follow', flights: { [A]: 1 } })
    expect(one.all('snapshot')).toMatchObject([{ departures: [], notices: [entry] }])
    const all = await world.follow(everything)
    expect(all.all('snapshot')).toMatchObject([{ notices: [entry, { flightId: B }] }])
    world.clock.set({ wall: toBoth.validUntil })
    await new Promise((resolve) => setTimeout(resolve, 50))
    const late = await world.follow(everything)
    expect(late.all('snapshot')[0]).not.toHaveProperty('notices')
  })

  test('that were valid before the gateway started are known to it, and ended ones are not', async () => {
    await using world = await startPushWorld()
    await world.broadcasts.add(broadcast({ id: 'old', commandId: 'c1', validUntil: NOON - 1 }))
    await world.broadcasts.add(broadcast({ id: 'valid', commandId: 'c2' }))
    world.log.recreate('broadcasts')
    const client = await world.follow({ op: 'follow', flights: { [ID]: 0 } })
    await eventually(async () => {
      const again = await world.follow({ op: 'follow', flights: { [ID]: 0 } })
      return again.all('snapshot')[0]?.notices?.length === 1
    })
    await world.log.append('broadcasts', [
      encodeBroadcastSent(broadcast({ id: 'late', commandId: 'c3', validUntil: NOON })),
    ])
    await world.log.settled()
    await settle(client)
    expect(client.all('notice').filter(({ notice }) => notice.id === 'late')).toEqual([])
  })

  test('that were sent while the topic was lost are read as soon as the store answers', async () => {
    await using world = await startPushWorld({ limits: { sweep: 10 } })
    const client = await world.follow({ op: 'follow', flights: { [ID]: 0 } })
    await world.broadcasts.add(broadcast())
    const { valid } = world.broadcasts
    Object.assign(world.broadcasts, { valid: () => Promise.reject(new Error('store away')) })
    world.log.recreate('broadcasts')
    await eventually(() => world.logger.lines.some(({ level }) => level === 'error'))
    Object.assign(world.broadcasts, { valid })
    expect(await client.waitFor('notice')).toMatchObject({ flightId: ID })
  })

  test('that cannot be read are set aside', async () => {
    await using world = await startPushWorld()
    const client = await world.follow({ op: 'follow', flights: { [ID]: 0 } })
    world.log.inject('broadcasts', '{"text":"not an event"}')
    await world.log.append('broadcasts', [encodeBroadcastSent(broadcast())])
    await client.waitFor('notice')
    expect(await world.log.buried('broadcasts')).toHaveLength(1)
  })
})
