import { describe, expect, test } from 'vitest'
import { NOON } from '../../testing/fixtures/departure.ts'
import type { Broadcast } from '../domain/broadcast.ts'
import { decodeBroadcastSent, encodeBroadcastSent } from './broadcast-sent.ts'

const broadcast: Broadcast = {
  id: 'b-1',
  commandId: 'c-1',
  by: 'sue',
  audience: { filter: { origin: 'JFK', delayedAtLeast: 60 } },
  departureIds: ['B6739-2026-11-20-JFK'],
  text: 'Please stay near your gate.',
  severity: 'warning',
  channels: ['email'],
  createdAt: NOON,
  validUntil: NOON + 3_600_000,
  passengers: 120,
}

describe('the event of a broadcast', () => {
  test('reads back what was written, for both kinds of audience', () => {
    expect(decodeBroadcastSent(encodeBroadcastSent(broadcast).value)).toEqual(broadcast)
    const chosen: Broadcast = { ...broadcast, audience: { flightIds: broadcast.departureIds } }
    expect(decodeBroadcastSent(encodeBroadcastSent(chosen).value)).toEqual(chosen)
  })

  test.each(['severity', 'departureIds', 'validUntil', 'channels'])('is unreadable without %s', (name) => {
    const event = JSON.parse(encodeBroadcastSent(broadcast).value)
    delete event.data[name]
    expect(() => decodeBroadcastSent(JSON.stringify(event))).toThrow(
      expect.objectContaining({
        code: 'FL_EVENT_UNREADABLE',
        details: expect.objectContaining({ topic: 'broadcasts' }),
      }),
    )
  })
})
