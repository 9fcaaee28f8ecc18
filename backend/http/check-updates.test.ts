import { describe, expect, test } from 'vitest'
import { amendment } from '../../src/testing/fixtures/amendment.ts'
import { departure } from '../../src/testing/fixtures/departure.ts'
import { FOREIGN, OWN } from '../../src/testing/fixtures/desk-bench.ts'
import { eventually } from '../../src/testing/fixtures/eventually.ts'
import { type HttpBench, openHttpBench } from '../../src/testing/fixtures/http-bench.ts'
import { updatesAnswer } from './answer-schemas.ts'

async function check({ request }: HttpBench, since?: string) {
  const query = since === undefined ? '' : `?since=${encodeURIComponent(since)}`
  const { json } = await request(`/api/check_updates${query}`)
  const { flights, cursor } = updatesAnswer.parse(json)
  return { ids: flights.map(({ id }) => id), flights, cursor }
}

async function changeGate({ bench }: HttpBench, gate: string): Promise<void> {
  const present = bench.board.get(OWN) ?? departure()
  await bench.parts.stores.departures.commit(amendment(present, { gate }))
  await eventually(() => bench.board.get(OWN)?.gate === gate)
}

describe('GET /api/check_updates', () => {
  test('without a cursor everything comes, afterwards only what changed', async () => {
    await using server = await openHttpBench()
    const first = await check(server)
    expect(first.ids.sort()).toEqual([OWN, FOREIGN].sort())
    expect((await check(server, first.cursor)).ids).toEqual([])
    await changeGate(server, 'C9')
    const next = await check(server, first.cursor)
    expect(next.flights).toMatchObject([{ id: OWN, gate: 'C9', revision: 2 }])
    expect((await check(server, next.cursor)).ids).toEqual([])
  })

  test('polling in turn with edits misses none', async () => {
    await using server = await openHttpBench()
    let { cursor } = await check(server)
    for (const gate of ['C1', 'C2', 'C3', 'C4']) {
      await changeGate(server, gate)
      const next = await check(server, cursor)
      expect(next.flights).toMatchObject([{ gate }])
      cursor = next.cursor
    }
  })

  test.each([['nonsense'], ['other-epoch:0'], [''], ['a:b:c'], ['x'.repeat(2000)], ['life:99999999999999']])(
    'a cursor that says nothing (%s) is answered with everything',
    async (since) => {
      await using server = await openHttpBench()
      expect((await check(server, since)).ids).toHaveLength(2)
    },
  )

  test('a cursor without end is refused', async () => {
    await using server = await openHttpBench()
    expect((await server.request(`/api/check_updates?since=${'x'.repeat(2001)}`)).status).toBe(400)
  })

  test('a quiet time costs a 304', async () => {
    await using server = await openHttpBench()
    const { cursor } = await check(server)
    const path = `/api/check_updates?since=${encodeURIComponent(cursor)}`
    const etag = (await server.request(path)).headers.get('etag') ?? ''
    expect((await server.request(path, { headers: { 'if-none-match': etag } })).status).toBe(304)
    await changeGate(server, 'C9')
    expect((await server.request(path, { headers: { 'if-none-match': etag } })).status).toBe(200)
  })

  test('the sources are asked at most once a second for all callers together', async () => {
    await using server = await openHttpBench()
    const { clock } = server.bench.parts
    await Promise.all(Array.from({ length: 20 }, () => check(server)))
    expect(server.looks()).toBe(1)
    clock.advance(999)
    await check(server)
    expect(server.looks()).toBe(1)
    clock.advance(1)
    await Promise.all([check(server), check(server)])
    expect(server.looks()).toBe(2)
  })

  test('a source that fails is no reason not to answer', async () => {
    const lookNow = () => {
      throw new Error('the feed is down')
    }
    await using server = await openHttpBench({ parts: { lookNow } })
    expect((await check(server)).ids).toHaveLength(2)
    expect(server.bench.lines).toContainEqual(expect.objectContaining({ level: 'warn' }))
  })
})
