import { describe, expect, test } from 'vitest'
import { creation } from '../../src/testing/fixtures/amendment.ts'
import { departure, departures, NOON } from '../../src/testing/fixtures/departure.ts'
import { FOREIGN, OWN } from '../../src/testing/fixtures/desk-bench.ts'
import { eventually } from '../../src/testing/fixtures/eventually.ts'
import { openHttpBench } from '../../src/testing/fixtures/http-bench.ts'
import { departureAnswer, errorAnswer, historyAnswer, listAnswer, placesAnswer } from './answer-schemas.ts'

const idsOf = (json: unknown) => listAnswer.parse(json).flights.map(({ id }) => id)

describe('GET /api/flights', () => {
  test('the whole board is one answer, by schedule and then id', async () => {
    await using server = await openHttpBench()
    const { status, json, headers } = await server.request('/api/flights')
    expect(status).toBe(200)
    expect(idsOf(json)).toEqual([OWN, FOREIGN])
    expect(listAnswer.parse(json).cursor).toBeUndefined()
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
  })

  test('a day of a thousand flights fits without asking for a limit, a page goes on where the last one ended', async () => {
    await using server = await openHttpBench()
    await server.bench.seed(...departures(960))
    expect(idsOf((await server.request('/api/flights')).json)).toHaveLength(961)
    const seen: string[] = []
    for (let path = '/api/flights?limit=400'; path; ) {
      const page = listAnswer.parse((await server.request(path)).json)
      seen.push(...page.flights.map(({ id }) => id))
      path = page.cursor === undefined ? '' : `/api/flights?limit=400&cursor=${encodeURIComponent(page.cursor)}`
    }
    expect(seen).toHaveLength(961)
    expect(new Set(seen).size).toBe(961)
  })

  test.each([
    ['origin=ewr', [FOREIGN]],
    ['destination=SJU&origin=JFK', [OWN]],
    ['status=SCHEDULED', [OWN, FOREIGN]],
    ['status=CANCELLED', []],
    ['date=2026-11-20', [OWN, FOREIGN]],
    ['date=2026-11-21', []],
    ['date=2013-03-08', []],
    ['q=b6739', [OWN]],
    ['q=B6%20739', [OWN]],
    ['q=739', [OWN]],
    ['q=new%20york', [OWN]],
    ['q=york%20san', [OWN]],
    ['q=york%20boston', []],
    ['q=%20%20', [OWN, FOREIGN]],
    ['q=&date=&origin=&limit=&cursor=', [OWN, FOREIGN]],
    [`from=${new Date(NOON).toISOString()}`, [OWN, FOREIGN]],
    ['from=2026-11-21T12:00:00%2B01:00', []],
    ['unknown=parameter', [OWN, FOREIGN]],
  ])('?%s', async (query, expected) => {
    await using server = await openHttpBench()
    const { status, json } = await server.request(`/api/flights?${query}`)
    expect([status, idsOf(json)]).toEqual([200, expected])
  })

  test.each([
    ['date=20.11.2026', 'date: '],
    ['date=2026-02-30', 'date: '],
    ['origin=NEWYORK', 'origin: '],
    ['status=LATE', 'status: '],
    ['limit=0', 'limit: '],
    ['limit=2001', 'limit: '],
    ['limit=ten', 'limit: '],
    ['limit=1.5', 'limit: '],
    ['cursor=nonsense', 'cursor: '],
    [`cursor=${'9'.repeat(101)}`, 'cursor: '],
    [`q=${'x'.repeat(61)}`, 'q: '],
    ['from=yesterday', 'from: '],
    ['date=2026-11-20&date=2026-11-21', 'date: '],
  ])('?%s is refused with the name of the field', async (query, problem) => {
    await using server = await openHttpBench()
    const { status, json } = await server.request(`/api/flights?${query}`)
    expect(status).toBe(400)
    expect(errorAnswer.parse(json)).toMatchObject({
      code: 'FL_BAD_REQUEST',
      details: { problems: [expect.stringContaining(problem)] },
    })
  })

  test('names of the language are no fields', async () => {
    await using server = await openHttpBench()
    const { status } = await server.request('/api/flights?__proto__=x&constructor=y&toString=z&__proto__[status]=LATE')
    expect(status).toBe(200)
    expect(Object.hasOwn(Object.prototype, 'status')).toBe(false)
  })

  test('a date that has left the board is read from the store', async () => {
    await using server = await openHttpBench()
    const old = departure({ id: 'B6739-2026-10-01-JFK', scheduledAt: Date.UTC(2026, 9, 1, 18) })
    const { stores } = server.bench.parts
    await stores.departures.commit(creation(old))
    expect(idsOf((await server.request('/api/flights?date=2026-10-01')).json)).toEqual([old.id])
    expect((await server.request(`/api/flights/${old.id}`)).status).toBe(200)
  })
})

describe('one flight', () => {
  test('it has the fields of the contract and nothing of staff', async () => {
    await using server = await openHttpBench()
    const secret = { remark: 'crew late', delays: [{ scheme: 'AHM730', code: '71', minutes: 20 }] } as const
    await server.bench.seed(departure({ id: 'DL1-2026-11-20-JFK', estimatedAt: NOON + 8_400_000, ...secret }))
    const { status, text, json } = await server.request('/api/flights/DL1-2026-11-20-JFK')
    expect(status).toBe(200)
    expect(departureAnswer.parse(json)).toMatchObject({ id: 'DL1-2026-11-20-JFK', delayMinutes: 20, reason: 'WEATHER' })
    expect(text).not.toMatch(/crew late|AHM730|sources|remark|null/)
  })

  test.each([
    ['XX1-2026-11-20-JFK'],
    ['nonsense'],
    ['..%2f..%2fetc%2fpasswd'],
    ['%00'],
    ['B6739-2026-02-30-JFK'],
    ['__proto__'],
  ])('%s is unknown', async (id) => {
    await using server = await openHttpBench()
    const { status, json } = await server.request(`/api/flights/${id}`)
    expect(status).toBe(404)
    expect(errorAnswer.parse(json).code).toBe('FL_DEPARTURE_UNKNOWN')
  })

  test('an id without end is nowhere', async () => {
    await using server = await openHttpBench()
    const { status, json } = await server.request(`/api/flights/${'x'.repeat(5_000)}`)
    expect([status, errorAnswer.parse(json).code]).toEqual([404, 'FL_NOT_FOUND'])
  })

  test('the history has what was published, oldest first, without names', async () => {
    await using server = await openHttpBench()
    const cookie = await server.signIn('gwen')
    const command = { revision: 1, commandId: crypto.randomUUID(), gate: 'C9' }
    await server.request(`/api/desk/departures/${OWN}/gate`, { json: command, cookie })
    await eventually(async () => (await server.bench.parts.stores.history.list(OWN)).length === 2)
    const { status, json, text } = await server.request(`/api/flights/${OWN}/history`)
    expect(status).toBe(200)
    expect(historyAnswer.parse(json)).toMatchObject([
      { revision: 1 },
      { revision: 2, id: `${OWN}:2`, fields: { gate: { from: 'B12', to: 'C9' } } },
    ])
    expect(text).not.toContain('gwen')
    expect((await server.request('/api/flights/XX1-2026-11-20-JFK/history')).status).toBe(404)
  })

  test('places are named', async () => {
    await using server = await openHttpBench()
    const { json } = await server.request('/api/places')
    expect(placesAnswer.parse(json)).toMatchObject({ JFK: { name: 'New York John F Kennedy' } })
  })
})

describe('ETag', () => {
  test.each([['/api/flights'], [`/api/flights/${OWN}`], [`/api/flights/${OWN}/history`], ['/api/places'], ['/update']])(
    '%s is not sent twice to who has it',
    async (path) => {
      await using server = await openHttpBench()
      await eventually(async () => (await server.bench.parts.stores.history.count()) === 2)
      const { headers } = await server.request(path)
      const etag = headers.get('etag') ?? ''
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const again = await server.request(path, { headers: { 'if-none-match': known } })
        expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag])
      }
      expect((await server.request(path, { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
    },
  )

  test('a change makes another one', async () => {
    await using server = await openHttpBench()
    const before = (await server.request(`/api/flights/${OWN}`)).headers.get('etag') ?? ''
    const cookie = await server.signIn('gwen')
    const command = { revision: 1, commandId: crypto.randomUUID(), gate: 'C9' }
    await server.request(`/api/desk/departures/${OWN}/gate`, { json: command, cookie })
    await eventually(() => server.bench.board.get(OWN)?.gate === 'C9')
    const after = await server.request(`/api/flights/${OWN}`, { headers: { 'if-none-match': before } })
    expect([after.status, after.json]).toMatchObject([200, { gate: 'C9', revision: 2 }])
  })

  test('HEAD has the headers of GET and no body', async () => {
    await using server = await openHttpBench()
    const get = await server.request('/api/flights')
    const head = await server.request('/api/flights', { method: 'HEAD' })
    expect([head.status, head.text]).toEqual([200, ''])
    for (const name of ['etag', 'content-length', 'content-type']) {
      expect(head.headers.get(name)).toBe(get.headers.get(name))
    }
  })
})
