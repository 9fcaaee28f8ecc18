import { createRouterClient, ORPCError } from '@orpc/server'
import { describe, expect, test } from 'vitest'
import { contract } from '../../shared/api/contract.ts'
import type { BoardMessage } from '../../shared/api/schemas.ts'
import { manualClock } from '../../testing/fixtures/clocks.ts'
import { NOON } from '../../testing/fixtures/departure.ts'
import { memoryVault } from '../../testing/fixtures/desktop-sides.ts'
import { recordingLog } from '../../testing/fixtures/logs.ts'
import { createForwardingRouter, type ForwardParts } from './desk-router.ts'
import { createDeskSession } from './desk-session.ts'
import { openConnection } from './page-connection.ts'

const gwen = { name: 'gwen', role: 'gate', stations: ['JFK'] } as const
const gate = { id: 'B6739-2026-11-20-JFK', revision: 1, commandId: '00000000-0000-4000-8000-000000000001', gate: 'C9' }

/** Functions by area and name of the contract; what they answer need not be what the contract says. */
type Service = Readonly<Record<string, Readonly<Record<string, (input?: unknown) => Promise<unknown>>>>>

/** A page on a router whose upstream is in the hands of the test. Each member of the service that is not given fails. */
async function open(service: Service) {
  const logger = recordingLog()
  const session = createDeskSession({ vault: memoryVault(), clock: manualClock(), logger })
  await session.restore('test')
  session.begin({ token: 'token-1', actor: gwen, endsAt: NOON * 2 })
  const failed: string[] = []
  const gone = new AbortController()
  const seen: BoardMessage[] = []
  const parts: ForwardParts = {
    upstream: () => ({
      client: async () => Object(service),
      failed: ({ code }) => void failed.push(code),
      ...{ service: 'test', gone: gone.signal },
    }),
    memory: { look: (message) => void seen.push(message) },
    ...{ session, logger },
  }
  const client = createRouterClient(createForwardingRouter(parts), { context: openConnection(1) })
  return { client, session, failed, gone, seen, logger }
}

describe('what the service answers', () => {
  test('goes to the page as it is: nothing is validated a second time', async () => {
    // Checked against the contract, the member that it does not know would be dropped and the wrong role refused.
    const actor: object = { ...gwen, role: 'queen', more: 1 }
    const { client } = await open({ session: { current: async () => Object(actor) } })
    expect(await client.session.current()).toEqual({ name: 'gwen', role: 'queen', stations: ['JFK'], more: 1 })
  })

  test('to a watch is not validated either, and the memory looks at it', async () => {
    const message: object = { type: 'snapshot', departures: [{ id: 'none' }], clock: {}, more: 1 }
    const { client, seen } = await open({
      departures: {
        watch: async () =>
          (async function* () {
            yield Object(message)
          })(),
      },
    })
    const watch = await client.departures.watch()
    expect((await watch.next()).value).toEqual(message)
    expect((await watch.next()).done).toBe(true)
    expect(seen).toEqual([message])
  })

  test('as an error keeps its code, status, message and data', async () => {
    const data = { id: gate.id, departure: { revision: 7 } }
    const stale = new ORPCError('FL_DEPARTURE_STALE', { status: 409, message: 'changed meanwhile', data })
    const { client, failed, session } = await open({ departures: { setGate: () => Promise.reject(stale) } })
    await expect(client.departures.setGate(gate)).rejects.toMatchObject({
      ...{ code: 'FL_DEPARTURE_STALE', status: 409, message: 'changed meanwhile', data },
    })
    expect(failed).toEqual(['FL_DEPARTURE_STALE'])
    expect(session.token()).toBe('token-1')
  })

  test('with an ended session ends it on this desktop', async () => {
    const ended = new ORPCError('FL_SESSION_EXPIRED', { status: 401 })
    const { client, session } = await open({ departures: { setGate: () => Promise.reject(ended) } })
    await expect(client.departures.setGate(gate)).rejects.toMatchObject({ code: 'FL_SESSION_EXPIRED' })
    expect(session.token()).toBeUndefined()
  })

  test('about a session that was replaced meanwhile ends nothing', async () => {
    const { promise, reject } = Promise.withResolvers<never>()
    const { client, session } = await open({ departures: { setGate: () => promise } })
    const call = client.departures.setGate(gate)
    await new Promise(setImmediate)
    session.begin({ token: 'token-2', actor: gwen, endsAt: NOON * 2 })
    reject(new ORPCError('FL_SESSION_EXPIRED', { status: 401 }))
    await expect(call).rejects.toMatchObject({ code: 'FL_SESSION_EXPIRED' })
    expect(session.token()).toBe('token-2')
  })
})

describe('who it is, as the service says', () => {
  test('is said of nobody when somebody else signed in before the answer', async () => {
    const answer = Promise.withResolvers<typeof gwen | null>()
    const { client, session } = await open({ session: { current: () => answer.promise } })
    const asking = client.session.current()
    await new Promise(setImmediate)
    session.begin({ token: 'token-2', actor: { ...gwen, name: 'otto' }, endsAt: NOON * 2 })
    answer.resolve(gwen)
    await expect(asking).rejects.toMatchObject({ code: 'FL_DESK_UNAVAILABLE' })
    expect(session.actor()?.name).toBe('otto')
  })

  test('and a sign-out that is answered late leave the next person signed in', async () => {
    const answer = Promise.withResolvers<void>()
    const { client, session } = await open({ session: { signOut: () => answer.promise } })
    const leaving = client.session.signOut()
    await new Promise(setImmediate)
    session.begin({ token: 'token-2', actor: { ...gwen, name: 'otto' }, endsAt: NOON * 2 })
    answer.resolve()
    await leaving
    expect(session.actor()?.name).toBe('otto')
  })
})

describe('no answer', () => {
  test('is told as such, and to operations why', async () => {
    const { client, logger } = await open({ departures: { setGate: () => Promise.reject(new Error('socket closed')) } })
    await expect(client.departures.setGate(gate)).rejects.toMatchObject({ code: 'FL_DESK_UNAVAILABLE', status: 503 })
    expect(logger.lines).toMatchObject([{ level: 'warn', fields: { err: { message: 'socket closed' } } }])
  })

  test('in the middle of a watch is told as such', async () => {
    const { client } = await open({
      departures: {
        watch: async () =>
          (async function* () {
            yield { type: 'snapshot' as const, departures: [], clock: { wall: 1, operational: 1, rate: 1 } }
            throw new Error('socket closed')
          })(),
      },
    })
    const watch = await client.departures.watch()
    await watch.next()
    await expect(watch.next()).rejects.toMatchObject({ code: 'FL_DESK_UNAVAILABLE' })
  })
})

test('every call of the contract is forwarded with what it was given', async () => {
  const called: string[] = []
  const names = Object.entries(contract).flatMap(([area, calls]) => Object.keys(calls).map((name) => [area, name]))
  const recorder = (area: string, calls: object) =>
    Object.fromEntries(
      Object.keys(calls).map((name) => [
        name,
        async (input: unknown) => void called.push(`${area}.${name} ${String(input)}`),
      ]),
    )
  const areas = Object.entries(contract).map(([area, calls]) => [area, recorder(area, calls)])
  const { client } = await open(Object.fromEntries(areas))
  for (const [area = '', name = ''] of names) {
    if (name !== 'watch') await Reflect.get(Reflect.get(client, area), name)('given')
  }
  const expected = names.filter(([, name]) => name !== 'watch').map(([area, name]) => `${area}.${name}`)
  expect(called.map((line) => line.split(' ')[0]).sort()).toEqual(expected.sort())
  const withInput = called.filter((line) => line.endsWith(' given'))
  expect(withInput).toHaveLength(13)
})
