import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Broadcast } from '../../../src/shared/domain/broadcast.ts'
import { BROADCAST_SEQUENCE } from '../../../src/shared/domain/broadcast-notice.ts'
import { HOUR } from '../../../src/shared/domain/instant.ts'
import { encodeBroadcastSent } from '../../../src/shared/events/broadcast-sent.ts'
import { departures, NOON } from '../../../src/testing/fixtures/departure.ts'
import { broadcast } from '../../../src/testing/fixtures/notices.ts'
import { type NotifierWorld, openNotifierWorld } from '../../../src/testing/notifier/notifier-world.ts'
import { createBroadcastHandler } from './decide-broadcasts.ts'

let world: NotifierWorld
const flights = departures(3)

beforeEach(async () => {
  world = await openNotifierWorld(flights)
})

afterEach(() => world[Symbol.asyncDispose]())

async function receive(given: Broadcast, value = encodeBroadcastSent(given).value): Promise<void> {
  const handle = createBroadcastHandler(world.context(), () => undefined)
  await handle([{ topic: 'broadcasts', partition: 0, offset: 0, key: given.id, value }])
}

const pending = () => world.stores.notices.pendingFanOut(NOON + HOUR, 100)

describe('deciding on broadcasts', () => {
  test('makes one notice per departure of the audience, however often it comes', async () => {
    const given = broadcast({ departureIds: flights.map(({ id }) => id), severity: 'critical' })
    await receive(given)
    await receive(given)
    const found = await pending()
    expect(found.map(({ notice }) => notice.id).sort()).toEqual(flights.map(({ id }) => `broadcast-1/${id}`).sort())
    expect(found[0]).toMatchObject({
      sequence: BROADCAST_SEQUENCE,
      notice: { kind: 'broadcast', critical: true, text: given.text, severity: 'critical' },
    })
  })

  test('leaves out a departure that is gone, and says so', async () => {
    await receive(broadcast({ departureIds: ['B6999-2026-11-20-JFK', flights[0]?.id ?? ''] }))
    expect(await pending()).toHaveLength(1)
    expect(world.logger.lines).toMatchObject([{ message: 'departure of a broadcast is gone' }])
  })

  test('sets aside what is none', async () => {
    await receive(broadcast(), '{"id":1}')
    expect(await world.log.buried('broadcasts')).toHaveLength(1)
    expect(await pending()).toEqual([])
  })
})
