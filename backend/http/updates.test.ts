import { describe, expect, test } from 'vitest'
import type { BenchName } from '../../src/testing/fixtures/desk-bench.ts'
import { FOREIGN, OWN } from '../../src/testing/fixtures/desk-bench.ts'
import { type HttpBench, openHttpBench } from '../../src/testing/fixtures/http-bench.ts'
import { notice } from '../../src/testing/fixtures/notices.ts'
import { noticesAnswer } from './updates.ts'

const text = 'Snow: please wait at your gate.'
const message = { flightId: OWN, text, channels: ['email'] }

async function post(server: HttpBench, name: BenchName | undefined, json: unknown) {
  return server.request('/update', { json, cookie: name && (await server.signIn(name)) })
}

describe('/update', () => {
  test('a supervisor sends a notice, and everybody reads it', async () => {
    await using server = await openHttpBench()
    const { status, json } = await post(server, 'sue', message)
    expect([status, json]).toEqual([202, { broadcastId: expect.any(String) }])
    const read = await server.request('/update')
    expect(noticesAnswer.parse(read.json).notices).toMatchObject([
      { kind: 'broadcast', flightIds: [OWN], text, severity: 'warning' },
    ])
    expect(read.text).not.toContain('sue')
  })

  test('a filter reaches the flights of the own station, a template has its words', async () => {
    await using server = await openHttpBench()
    const { status } = await post(server, 'sue', { filter: { destination: 'SJU' }, template: 'gate-area' })
    expect(status).toBe(202)
    const { notices } = noticesAnswer.parse((await server.request('/update')).json)
    expect(notices).toMatchObject([{ flightIds: [OWN], text: expect.stringContaining('gate area') }])
  })

  test('a repeated command sends once', async () => {
    await using server = await openHttpBench()
    const json = { ...message, commandId: crypto.randomUUID() }
    const cookie = await server.signIn('sue')
    const [first, second] = [
      await server.request('/update', { json, cookie }),
      await server.request('/update', { json, cookie }),
    ]
    expect(second.json).toEqual(first.json)
    expect(await server.bench.parts.stores.broadcasts.latest(9)).toHaveLength(1)
  })

  test('what was decided from a change is listed too, newest first', async () => {
    await using server = await openHttpBench()
    const { stores, clock } = server.bench.parts
    await stores.notices.put(notice({ departureId: OWN, createdAt: clock.wall() - 1000 }), 1)
    await post(server, 'sue', message)
    const { notices } = noticesAnswer.parse((await server.request('/update')).json)
    expect(notices.map(({ kind }) => kind === 'broadcast')).toEqual([true, false])
  })

  test('what is no longer valid is not shown', async () => {
    await using server = await openHttpBench()
    await post(server, 'sue', { ...message, validMinutes: 5 })
    server.bench.parts.clock.advance(5 * 60_000)
    expect(noticesAnswer.parse((await server.request('/update')).json).notices).toEqual([])
  })

  test.each([
    [undefined, message, 401, 'FL_SESSION_MISSING'],
    ['otto', message, 403, 'FL_FORBIDDEN'],
    ['sue', { ...message, flightId: FOREIGN }, 403, 'FL_STATION_FOREIGN'],
    ['sue', { ...message, flightId: 'XX1-2026-11-20-JFK' }, 404, 'FL_DEPARTURE_UNKNOWN'],
    ['sue', { ...message, flightId: 'nonsense' }, 404, 'FL_DEPARTURE_UNKNOWN'],
    ['sue', { ...message, filter: {} }, 400, 'FL_BAD_REQUEST'],
    ['sue', { text }, 400, 'FL_BAD_REQUEST'],
    ['sue', { filter: { orgin: 'JFK' }, text }, 400, 'FL_BAD_REQUEST'],
    ['sue', { filter: 'all', text }, 400, 'FL_BAD_REQUEST'],
    ['sue', { filter: { origin: 'EWR' }, text }, 422, 'FL_BROADCAST_EMPTY'],
    ['sue', { flightId: OWN }, 400, 'FL_BAD_REQUEST'],
    ['sue', { ...message, template: 'gate-area' }, 400, 'FL_BAD_REQUEST'],
    ['sue', { flightId: OWN, template: 'constructor' }, 400, 'FL_BAD_REQUEST'],
    ['sue', { ...message, text: '  ' }, 400, 'FL_BAD_REQUEST'],
    ['sue', { ...message, text: 'x'.repeat(1001) }, 400, 'FL_BAD_REQUEST'],
    ['sue', { ...message, channels: ['pigeon'] }, 400, 'FL_BAD_REQUEST'],
    ['sue', { ...message, channels: [] }, 400, 'FL_BAD_REQUEST'],
    ['sue', { ...message, validMinutes: 1 }, 400, 'FL_BAD_REQUEST'],
    ['sue', { ...message, commandId: 'again' }, 400, 'FL_BAD_REQUEST'],
  ] as const)('%s sends %j', async (name, json, status, code) => {
    await using server = await openHttpBench()
    const answer = await post(server, name, json)
    expect([answer.status, answer.json]).toMatchObject([status, { code }])
    expect(await server.bench.parts.stores.broadcasts.latest(1)).toEqual([])
  })
})
