import { describe, expect, test } from 'vitest'
import { openHttpBench } from '../../src/testing/fixtures/http-bench.ts'

const gwen = { role: 'gate', stations: ['LGA'], password: 'a long password' }

describe('accounts', () => {
  test('an administrator makes one, and it signs in with its stations', async () => {
    await using server = await openHttpBench()
    const cookie = await server.signIn('ada')
    const made = await server.request('/api/staff/Zoe', { method: 'PUT', body: gwen, cookie })
    expect([made.status, made.json]).toMatchObject([
      200,
      { name: 'zoe', role: 'gate', stations: ['LGA'], disabled: false },
    ])
    expect(JSON.stringify(made.json)).not.toContain('scrypt')
    const body = { name: 'zoe', password: gwen.password }
    const session = await server.request('/api/session', { method: 'POST', body })
    expect([session.status, session.json]).toEqual([200, { name: 'zoe', role: 'gate', stations: ['LGA'] }])
    const list = await server.request('/api/staff', { cookie })
    expect(list.json).toMatchObject({ accounts: expect.arrayContaining([expect.objectContaining({ name: 'zoe' })]) })
  })

  test('nobody else does', async () => {
    await using server = await openHttpBench()
    const cookie = await server.signIn('sue')
    for (const how of [{}, { method: 'PUT', body: gwen }]) {
      const path = 'method' in how ? '/api/staff/zoe' : '/api/staff'
      expect((await server.request(path, how)).json).toMatchObject({ code: 'FL_SESSION_MISSING' })
      expect((await server.request(path, { ...how, cookie })).json).toMatchObject({ code: 'FL_FORBIDDEN' })
    }
  })

  test.each([
    ['a short password', { ...gwen, password: 'short' }, 'FL_ACCOUNT_PASSWORD'],
    ['no stations', { ...gwen, stations: [] }, 'FL_BAD_REQUEST'],
    ['a station that is none', { ...gwen, stations: ['jfk'] }, 'FL_BAD_REQUEST'],
    ['an unknown role', { ...gwen, role: 'root' }, 'FL_BAD_REQUEST'],
  ])('%s is refused', async (_what, body, code) => {
    await using server = await openHttpBench()
    const cookie = await server.signIn('ada')
    const answer = await server.request('/api/staff/zoe', { method: 'PUT', body, cookie })
    expect(answer.json).toMatchObject({ code })
  })
})
