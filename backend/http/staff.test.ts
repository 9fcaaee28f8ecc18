import { describe, expect, test } from 'vitest'
import { PASSWORD } from '../../src/testing/fixtures/desk-bench.ts'
import { openHttpBench } from '../../src/testing/fixtures/http-bench.ts'
import { staffAnswer } from './staff.ts'

const zoe = { role: 'gate', stations: ['LGA'], password: 'a long password' }

describe('accounts', () => {
  test('an administrator sees all of them and no hash', async () => {
    await using server = await openHttpBench()
    const { json, text, headers } = await server.request('/api/staff', { cookie: await server.signIn('ada') })
    expect(staffAnswer.parse(json).accounts.map(({ name }) => name)).toEqual(['ada', 'dan', 'gwen', 'otto', 'sue'])
    expect(text).not.toMatch(/scrypt|hash/i)
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test('an administrator makes one, and it signs in with its stations', async () => {
    await using server = await openHttpBench()
    const cookie = await server.signIn('ada')
    const made = await server.request('/api/staff/Zoe', { method: 'PUT', json: zoe, cookie })
    expect([made.status, made.json]).toMatchObject([200, { name: 'zoe', stations: ['LGA'], disabled: false }])
    const session = await server.request('/api/session', { json: { name: 'zoe', password: zoe.password } })
    expect([session.status, session.json]).toEqual([200, { name: 'zoe', role: 'gate', stations: ['LGA'] }])
  })

  test('whoever is disabled is out at once', async () => {
    await using server = await openHttpBench()
    const [cookie, gwen] = [await server.signIn('ada'), await server.signIn('gwen')]
    const json = { role: 'gate', stations: ['JFK'], disabled: true }
    expect((await server.request('/api/staff/gwen', { method: 'PUT', json, cookie })).status).toBe(200)
    expect((await server.request('/api/session', { cookie: gwen })).text).toBe('null')
    const again = await server.request('/api/session', { json: { name: 'gwen', password: PASSWORD } })
    expect(again.status).toBe(401)
  })

  test('the last administrator stays one', async () => {
    await using server = await openHttpBench()
    const json = { role: 'ops', stations: ['*'] }
    const answer = await server.request('/api/staff/ada', { method: 'PUT', json, cookie: await server.signIn('ada') })
    expect([answer.status, answer.json]).toMatchObject([409, { code: 'FL_ACCOUNT_LAST_ADMIN' }])
  })

  test('nobody else sees or changes them', async () => {
    await using server = await openHttpBench()
    for (const cookie of [undefined, await server.signIn('sue')]) {
      const code = cookie === undefined ? 'FL_SESSION_MISSING' : 'FL_FORBIDDEN'
      expect((await server.request('/api/staff', { cookie })).json).toMatchObject({ code })
      const change = { method: 'PUT', json: zoe, cookie }
      expect((await server.request('/api/staff/sue', change)).json).toMatchObject({ code })
    }
  })

  test.each([
    ['a short password', 'zoe', { ...zoe, password: 'short' }, 'FL_ACCOUNT_PASSWORD'],
    ['no password', 'zoe', { role: 'gate', stations: ['LGA'] }, 'FL_ACCOUNT_PASSWORD'],
    ['no stations', 'zoe', { ...zoe, stations: [] }, 'FL_BAD_REQUEST'],
    ['a station that is none', 'zoe', { ...zoe, stations: ['jfk'] }, 'FL_BAD_REQUEST'],
    ['an unknown role', 'zoe', { ...zoe, role: 'root' }, 'FL_BAD_REQUEST'],
    ['a name with blanks', 'zoe%20x', zoe, 'FL_BAD_REQUEST'],
  ])('%s is refused', async (_what, name, json, code) => {
    await using server = await openHttpBench()
    const cookie = await server.signIn('ada')
    const answer = await server.request(`/api/staff/${name}`, { method: 'PUT', json, cookie })
    expect(answer.json).toMatchObject({ code })
  })
})
