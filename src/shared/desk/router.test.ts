import { createRouterClient } from '@orpc/server'
import { describe, expect, test } from 'vitest'
import { OWN, openDeskBench } from '../../testing/fixtures/desk-bench.ts'
import type { Actor } from '../domain/role.ts'
import { FlightlineError } from '../lib/errors.ts'
import type { Connection, DeskParts } from './parts.ts'
import { createDeskRouter } from './router.ts'

const sue: Actor = { name: 'sue', role: 'supervisor', stations: ['*'] }

/** A console whose connection says who calls, or fails. */
function consoleOf(parts: DeskParts, actor: () => Promise<Actor>) {
  const connection: Connection = { actor, signIn: actor, signOut: async () => undefined }
  return createRouterClient(createDeskRouter(parts), { context: { connection } })
}

describe('router', () => {
  test('a store that is down is not taken for somebody who is signed out', async () => {
    await using bench = await openDeskBench()
    const down = consoleOf(bench.parts, () => Promise.reject(new FlightlineError('FL_STORE_UNAVAILABLE')))
    await expect(down.session.current()).rejects.toMatchObject({ code: 'FL_STORE_UNAVAILABLE', status: 503 })
    const expired = consoleOf(bench.parts, () => Promise.reject(new FlightlineError('FL_SESSION_EXPIRED')))
    expect(await expired.session.current()).toBeNull()
  })

  test('every call but who am I and signing in asks who is calling', async () => {
    await using bench = await openDeskBench()
    const calls: string[] = []
    const stranger = consoleOf(bench.parts, async () => {
      calls.push('asked')
      throw new FlightlineError('FL_SESSION_MISSING')
    })
    const command = { id: OWN, revision: 1, commandId: crypto.randomUUID() }
    const { departures, broadcasts } = stranger
    const audience = { flightIds: [OWN] }
    const message = { text: 'x', severity: 'info' as const, channels: ['email' as const], validMinutes: 60 }
    const attempts = [
      departures.list(),
      departures.watch().then((watch) => watch.next()),
      departures.history({ id: OWN }),
      departures.setGate({ ...command, gate: 'C1' }),
      departures.setDelay({ ...command, delay: { minutes: 0 }, reasons: [] }),
      departures.setEstimate({ ...command, estimatedAt: null }),
      departures.cancel({ ...command, reason: 'WEAT' }),
      departures.reinstate(command),
      departures.markBoarding({ ...command, stage: 'BOARDING' }),
      departures.markDeparture({ ...command, event: 'OFF_BLOCK' }),
      departures.divert({ ...command, airport: 'BOS' }),
      broadcasts.preview({ audience }),
      broadcasts.send({ commandId: command.commandId, audience, ...message }),
      broadcasts.progress({ id: 'one' }),
      broadcasts.latest(),
    ]
    const outcomes = await Promise.allSettled(attempts)
    const codes = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'let in'))
    expect(codes).toEqual(attempts.map(() => 'FL_SESSION_MISSING'))
    expect(calls).toHaveLength(attempts.length)
  })

  test('an answer that breaks the contract is a defect, with nothing of it shown', async () => {
    await using bench = await openDeskBench()
    const bookings = { ...bench.parts.stores.bookings, countByDepartures: async () => Number.NaN }
    const parts = { ...bench.parts, stores: { ...bench.parts.stores, bookings } }
    const preview = consoleOf(parts, async () => sue).broadcasts.preview({ audience: { flightIds: [OWN] } })
    await expect(preview).rejects.toMatchObject({ code: 'FL_INTERNAL', status: 500 })
    expect(bench.lines).toContainEqual(expect.objectContaining({ level: 'error' }))
  })
})
