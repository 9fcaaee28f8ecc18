import { describe, expect, test } from 'vitest'
import { PASSWORD } from '../../src/testing/fixtures/desk-bench.ts'
import { openHttpBench } from '../../src/testing/fixtures/http-bench.ts'

const own = 'https://flights.example.com'

describe('Origin', () => {
  test.each([
    ['POST', '/api/session'],
    ['DELETE', '/api/session'],
    ['POST', '/update'],
    ['POST', '/api/notifications'],
    ['POST', '/api/import/bookings'],
    ['POST', '/api/desk/broadcasts'],
  ])('%s %s from a foreign page is refused, also with a live session', async (method, path) => {
    await using server = await openHttpBench()
    const cookie = await server.signIn('ada')
    for (const origin of ['https://evil.example.com', 'null']) {
      const { status, json } = await server.request(path, { method, cookie, headers: { origin } })
      expect([status, json]).toMatchObject([403, { code: 'FL_ORIGIN_FOREIGN' }])
    }
    expect((await server.request('/api/session', { cookie })).json).toMatchObject({ name: 'ada' })
  })

  test('our own page is let through, and so is who only reads', async () => {
    await using server = await openHttpBench()
    const json = { name: 'gwen', password: PASSWORD }
    expect((await server.request('/api/session', { json, headers: { origin: own } })).status).toBe(200)
    expect((await server.request('/api/flights', { headers: { origin: 'https://evil.example.com' } })).status).toBe(200)
  })
})
