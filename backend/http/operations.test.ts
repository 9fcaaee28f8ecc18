import { Counter, Registry } from 'prom-client'
import { describe, expect, test } from 'vitest'
import { HEALTH_WITHIN } from '../../src/shared/api/backend-messages.ts'
import { FlightlineError } from '../../src/shared/lib/errors.ts'
import { NOON } from '../../src/testing/fixtures/departure.ts'
import { openHttpBench } from '../../src/testing/fixtures/http-bench.ts'
import type { Part, PartHealth } from '../part.ts'
import { healthAnswer, mailboxAnswer } from './operations.ts'

const part = (name: string, health: () => Promise<PartHealth> | PartHealth): Part => ({
  name,
  health,
  close: async () => undefined,
})
const fine = part('store', () => ({ status: 'ok', lag: 0 }))

describe('GET /health', () => {
  test('each part has an entry', async () => {
    await using server = await openHttpBench()
    const { status, json, headers } = await server.request('/health')
    expect(status).toBe(200)
    expect(healthAnswer.parse(json)).toMatchObject({
      status: 'ok',
      clock: { rate: 1 },
      parts: { relay: { status: 'ok' } },
    })
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test.each<[string, Part, number, string]>([
    ['is degraded', part('push', () => ({ status: 'degraded', lag: 9 })), 200, 'degraded'],
    ['is down', part('push', () => ({ status: 'down' })), 503, 'down'],
    ['fails', part('push', () => Promise.reject(new FlightlineError('FL_STORE_UNAVAILABLE'))), 503, 'down'],
    ['breaks', part('push', () => Promise.reject(new Error('secret'))), 503, 'down'],
  ])('the whole is as well as its worst part, which %s', async (_, sick, status, expected) => {
    await using server = await openHttpBench({ parts: { monitored: [fine, sick] } })
    const answer = await server.request('/health')
    expect([answer.status, answer.json]).toMatchObject([
      status,
      { status: expected, parts: { store: { status: 'ok' } } },
    ])
    expect(answer.text).not.toContain('secret')
  })

  test('a part that hangs is down', async () => {
    const hanging = part('store', () => new Promise(() => undefined))
    await using server = await openHttpBench({ parts: { monitored: [hanging] } })
    const answer = server.request('/health')
    await expect.poll(() => server.bench.parts.timer.waiting(HEALTH_WITHIN)).toBe(1)
    server.bench.parts.timer.fire(HEALTH_WITHIN)
    expect((await answer).json).toMatchObject({ status: 'down', parts: { store: { problem: 'no answer' } } })
  })

  test('no limit keeps a watchdog from asking', async () => {
    await using server = await openHttpBench()
    const { headers } = await server.request('/health')
    expect(headers.get('x-ratelimit-limit')).toBeNull()
  })
})

test('GET /metrics is the text that Prometheus reads', async () => {
  const metrics = Object.assign(new Registry(), { figures: async () => [] })
  new Counter({ name: 'flightline_test_total', help: 'A test.', registers: [metrics] }).inc()
  await using server = await openHttpBench({ parts: { metrics } })
  const { status, text, headers } = await server.request('/metrics')
  expect([status, headers.get('content-type')]).toEqual([200, metrics.contentType])
  expect(text).toContain('flightline_test_total 1')
})

describe('GET /dev/mailbox', () => {
  const letters = [
    { id: 'one@example.com', channel: 'email', to: 'ada@example.com', subject: 'Gate', text: 'Gate C9', at: NOON },
    { id: 'two@example.com', channel: 'sms', to: '+12125550100', text: 'Gate C9', at: NOON + 1 },
  ] as const

  test('whoever is signed in reads the messages that had no provider, newest first', async () => {
    await using server = await openHttpBench()
    await server.bench.parts.stores.mailbox.put(letters)
    const cookie = await server.signIn('gwen')
    const { status, json } = await server.request('/dev/mailbox', { cookie })
    const { count, messages } = mailboxAnswer.parse(json)
    expect([status, count, messages.map(({ id }) => id)]).toEqual([200, 2, ['two@example.com', 'one@example.com']])
    expect(messages[1]?.at).toBe('2026-11-20T12:00:00Z')
    const one = await server.request('/dev/mailbox?to=ada%40example.com&limit=1', { cookie })
    expect(mailboxAnswer.parse(one.json).messages).toMatchObject([{ to: 'ada@example.com' }])
  })

  test('strangers and odd limits are refused', async () => {
    await using server = await openHttpBench()
    const answer = await server.request('/dev/mailbox')
    expect([answer.status, answer.json]).toMatchObject([401, { code: 'FL_SESSION_MISSING' }])
    const cookie = await server.signIn('gwen')
    for (const limit of ['0', '1001', 'many']) {
      expect((await server.request(`/dev/mailbox?limit=${limit}`, { cookie })).status).toBe(400)
    }
  })

  test('where providers are connected there is none', async () => {
    await using server = await openHttpBench({ settings: { showsMailbox: false } })
    const answer = await server.request('/dev/mailbox', { cookie: await server.signIn('ada') })
    expect([answer.status, answer.json]).toMatchObject([404, { code: 'FL_NOT_FOUND' }])
  })
})
