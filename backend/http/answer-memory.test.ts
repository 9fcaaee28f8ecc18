import { describe, expect, test } from 'vitest'
import { amendment, creation } from '../../src/testing/fixtures/amendment.ts'
import { departure, departures } from '../../src/testing/fixtures/departure.ts'
import { OWN } from '../../src/testing/fixtures/desk-bench.ts'
import { eventually } from '../../src/testing/fixtures/eventually.ts'
import { type HttpBench, openHttpBench } from '../../src/testing/fixtures/http-bench.ts'

/** Only the routes count requests; an answer without a count came from memory. */
const isKept = (headers: Headers) => headers.get('x-ratelimit-remaining') === null

async function changeGate({ bench }: HttpBench, gate: string): Promise<void> {
  const present = bench.board.get(OWN) ?? departure()
  await bench.parts.stores.departures.commit(amendment(present, { gate }))
  await eventually(() => bench.board.get(OWN)?.gate === gate)
}

const shown = (headers: Headers) =>
  [...headers].filter(([name]) => !/^(x-ratelimit|date|connection|keep-alive|content-length|vary)/.test(name))

describe.each(['/api/check_updates', '/api/flights', '/api/flights?origin=JFK&limit=5'])('GET %s', (path) => {
  test('asked again is answered from memory, in the same words', async () => {
    await using server = await openHttpBench()
    const first = await server.request(path)
    const second = await server.request(path)
    expect([isKept(first.headers), isKept(second.headers)]).toEqual([false, true])
    expect(second.text).toBe(first.text)
    expect(shown(second.headers)).toEqual(shown(first.headers))
    expect(second.headers.get('vary')).toContain('accept-encoding')
  })

  test('is answered anew as soon as anything changed', async () => {
    await using server = await openHttpBench()
    for (const gate of ['C1', 'C2', 'C3']) {
      await server.request(path)
      await changeGate(server, gate)
      const { text, headers } = await server.request(path)
      expect(text).toContain(`"gate":"${gate}"`)
      expect(isKept(headers)).toBe(false)
    }
  })

  test('costs a 304 to who has it, however they write its tag', async () => {
    await using server = await openHttpBench()
    const etag = (await server.request(path)).headers.get('etag') ?? ''
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const { status, text, headers } = await server.request(path, { headers: { 'if-none-match': known } })
      expect([status, text, headers.get('etag'), isKept(headers)]).toEqual([304, '', etag, true])
    }
    expect((await server.request(path, { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
  })

  test('has a bound that counts what asks as well, which whoever asks makes as long as they like', async () => {
    await using server = await openHttpBench()
    await server.request(path)
    const separator = path.includes('?') ? '&' : '?'
    for (let at = 0; at < 1_150; at += 1) await server.request(`${path}${separator}x=${'x'.repeat(14_900)}${at}`)
    expect(isKept((await server.request(path)).headers)).toBe(false)
  })

  test('is made anew after a second, so that the sources are asked and nothing is shown for ever', async () => {
    await using server = await openHttpBench()
    await server.request(path)
    const { clock } = server.bench.parts
    clock.advance(1_000)
    expect(isKept((await server.request(path)).headers)).toBe(false)
    clock.advance(-3_600_000)
    expect(isKept((await server.request(path)).headers)).toBe(false)
  })
})

describe('what is kept', () => {
  test('is compressed for who can read it, once for all', async () => {
    await using server = await openHttpBench()
    const path = `${server.http.url}/api/flights`
    const many = departures(20).map((made) => creation(made))
    await server.bench.parts.stores.departures.commitAll(many)
    await eventually(() => server.bench.board.all().size > 20)
    const plain = await (await fetch(path, { headers: { 'accept-encoding': 'identity' } })).text()
    for (const [asked, expected] of [
      ['br, gzip', 'br'],
      ['gzip', 'gzip'],
      ['gzip;q=1, br;q=0', 'gzip'],
      ['*', 'br'],
      ['identity', null],
      ['deflate', null],
    ] as const) {
      const answer = await fetch(path, { headers: { 'accept-encoding': asked } })
      expect([asked, answer.headers.get('content-encoding'), isKept(answer.headers)]).toEqual([asked, expected, true])
      expect(await answer.text()).toBe(plain)
    }
  })

  test('answers nobody who asks in other words, by another method, or for a day that may lie in the store', async () => {
    await using server = await openHttpBench()
    await server.request('/api/flights?origin=JFK')
    expect(isKept((await server.request('/api/flights?origin=jfk')).headers)).toBe(false)
    const head = await fetch(`${server.http.url}/api/flights?origin=JFK`, { method: 'HEAD' })
    expect([head.status, isKept(head.headers)]).toEqual([200, false])
    for (const _ of [1, 2]) {
      expect(isKept((await server.request('/api/flights?date=2026-11-20')).headers)).toBe(false)
    }
  })

  test('is never a refusal', async () => {
    await using server = await openHttpBench()
    for (const _ of [1, 2]) {
      const { status, headers } = await server.request('/api/flights?limit=0')
      expect([status, isKept(headers)]).toEqual([400, false])
    }
  })

  test('stops nobody who asks more often than a runaway program may', async () => {
    await using server = await openHttpBench()
    const statuses = new Set<number>()
    for (let round = 0; round < 35; round += 1) {
      const answers = await Promise.all(Array.from({ length: 100 }, () => server.request('/api/check_updates')))
      for (const { status } of answers) statuses.add(status)
    }
    expect([...statuses]).toEqual([200])
  })
})
