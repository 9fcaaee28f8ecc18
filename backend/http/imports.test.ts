import { describe, expect, test } from 'vitest'
import { FlightlineError } from '../../src/shared/lib/errors.ts'
import { openHttpBench } from '../../src/testing/fixtures/http-bench.ts'
import { talk } from '../../src/testing/fixtures/talk.ts'
import { importAnswer } from './answer-schemas.ts'

const csv = 'id,gate\nA,B\nC,D\n'
const paths = [['/api/import/departures'], ['/api/import/bookings']] as const

describe('import', () => {
  test('an administrator loads a file and is told line by line what was refused', async () => {
    await using server = await openHttpBench()
    const cookie = await server.signIn('ada')
    const departures = await server.request('/api/import/departures', { csv, cookie })
    expect([departures.status, importAnswer.parse(departures.json)]).toEqual([200, { accepted: 2, rejected: [] }])
    const bookings = await server.request('/api/import/bookings', { csv, cookie })
    expect(importAnswer.parse(bookings.json).rejected).toMatchObject([{ line: 2, code: 'FL_DEPARTURE_UNKNOWN' }])
  })

  test('the charset and letters beyond ASCII are taken', async () => {
    let received = ''
    const importDepartures = async (text: string) => {
      received = text
      return { accepted: 1, rejected: [] }
    }
    await using server = await openHttpBench({ parts: { importDepartures } })
    const cookie = await server.signIn('ada')
    const headers = { 'content-type': 'text/csv; charset=utf-8' }
    const answer = await server.request('/api/import/departures', { csv: 'Zürich,東京\n', cookie, headers })
    expect([answer.status, received]).toEqual([200, 'Zürich,東京\n'])
  })

  test('a file that is larger than any other request is taken', async () => {
    await using server = await openHttpBench()
    const cookie = await server.signIn('ada')
    const { status, json } = await server.request('/api/import/departures', { csv: 'x'.repeat(2_000_000), cookie })
    expect([status, json]).toMatchObject([200, { accepted: 0 }])
  })

  test.each(paths)('%s is for administrators', async (path) => {
    await using server = await openHttpBench()
    expect((await server.request(path, { csv })).json).toMatchObject({ code: 'FL_SESSION_MISSING' })
    const answer = await server.request(path, { csv, cookie: await server.signIn('sue') })
    expect([answer.status, answer.json]).toMatchObject([403, { code: 'FL_FORBIDDEN', details: { needed: 'admin' } }])
  })

  test('a stranger is refused before the file is read', async () => {
    await using server = await openHttpBench()
    const headers = [
      'POST /api/import/bookings HTTP/1.1',
      'host: x',
      'content-type: text/csv',
      'content-length: 60000000',
    ]
    const answer = await talk(server.http.url, `${headers.join('\r\n')}\r\n\r\nid,gate\n`)
    expect(answer).toMatch(/^HTTP\/1.1 401 .*FL_SESSION_MISSING/s)
  })

  test.each(paths)('%s takes nothing but CSV', async (path) => {
    await using server = await openHttpBench()
    const cookie = await server.signIn('ada')
    for (const headers of [{ 'content-type': 'application/json' }, { 'content-type': 'text/plain' }]) {
      const answer = await server.request(path, { csv: '"a,b"', cookie, headers })
      expect([answer.status, answer.json]).toMatchObject([415, { code: 'FL_MEDIA_UNSUPPORTED' }])
    }
    const empty = await server.request(path, { method: 'POST', cookie })
    expect([empty.status, empty.json]).toMatchObject([400, { code: 'FL_BAD_REQUEST' }])
    expect((await server.request(path, { cookie })).status).toBe(404)
  })

  test('a file without the columns is named as such', async () => {
    const importBookings = async () => {
      throw new FlightlineError('FL_CSV_INVALID', { missing: 'reference' })
    }
    await using server = await openHttpBench({ parts: { importBookings } })
    const answer = await server.request('/api/import/bookings', { csv, cookie: await server.signIn('ada') })
    expect([answer.status, answer.json]).toMatchObject([
      400,
      { code: 'FL_CSV_INVALID', details: { missing: 'reference' } },
    ])
  })
})
