import { describe, expect, test } from 'vitest'
import { PASSWORD } from '../../src/testing/fixtures/desk-bench.ts'
import { openHttpBench } from '../../src/testing/fixtures/http-bench.ts'
import { isOwnOrigin } from './origin.ts'

const own = 'https://flights.example.com'

describe('Origin', () => {
  test.each([
    [undefined, 'flights.example.com', true],
    [own, 'internal:8080', true],
    ['http://localhost:8080', 'localhost:8080', true],
    ['https://evil.example.com', 'flights.example.com', false],
    ['https://flights.example.com.evil.com', 'flights.example.com', false],
    ['https://flights.example.com:8443', 'flights.example.com', false],
    ['http://flights.example.com', undefined, false],
    ['null', 'flights.example.com', false],
    ['file://', 'flights.example.com', false],
    ['nonsense', 'nonsense', false],
    ['', '', false],
  ])('%s at %s', (origin, host, expected) => {
    expect(isOwnOrigin(origin, host, own)).toBe(expected)
  })

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
