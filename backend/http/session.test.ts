import { describe, expect, test } from 'vitest'
import { SESSION_LENGTH } from '../../src/shared/desk/sign-in.ts'
import { PASSWORD } from '../../src/testing/fixtures/desk-bench.ts'
import { openHttpBench } from '../../src/testing/fixtures/http-bench.ts'

const gwen = { name: 'gwen', password: PASSWORD }

describe('/api/session', () => {
  test('signing in gives a cookie that no script reads and no other site sends', async () => {
    await using server = await openHttpBench()
    const { status, json, headers } = await server.request('/api/session', { json: gwen })
    expect([status, json]).toEqual([200, { name: 'gwen', role: 'gate', stations: ['JFK'] }])
    const cookie = headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^flightline_session=[\w-]{43};/)
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Secure', 'Path=/', `Max-Age=${SESSION_LENGTH / 1000}`]) {
      expect(cookie.split('; ')).toContain(part)
    }
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test('without TLS the cookie is not marked secure, or browsers would drop it', async () => {
    await using server = await openHttpBench({ settings: { publicUrl: 'http://127.0.0.1:8080' } })
    const { headers } = await server.request('/api/session', { json: gwen })
    expect(headers.get('set-cookie')).not.toContain('Secure')
  })

  test('the session tells who is signed in, and null to everybody else', async () => {
    await using server = await openHttpBench()
    const cookie = await server.signIn('gwen')
    expect((await server.request('/api/session', { cookie })).json).toMatchObject({ name: 'gwen' })
    for (const other of [undefined, 'flightline_session=', 'flightline_session=made-up', 'other=1', ';;=;%%']) {
      const { status, text } = await server.request('/api/session', { cookie: other })
      expect([status, text]).toEqual([200, 'null'])
    }
  })

  test('signing out ends the session and clears the cookie', async () => {
    await using server = await openHttpBench()
    const cookie = await server.signIn('gwen')
    const { status, headers } = await server.request('/api/session', { method: 'DELETE', cookie })
    expect(status).toBe(204)
    expect(headers.get('set-cookie')).toMatch(/^flightline_session=;.*Expires=Thu, 01 Jan 1970/)
    expect((await server.request('/api/session', { cookie })).text).toBe('null')
    expect((await server.request('/api/session', { method: 'DELETE' })).status).toBe(204)
  })

  test('signing in anew ends the session of the cookie before', async () => {
    await using server = await openHttpBench()
    const before = await server.signIn('gwen')
    await server.request('/api/session', { json: { name: 'sue', password: PASSWORD }, cookie: before })
    expect((await server.request('/api/session', { cookie: before })).text).toBe('null')
  })

  test('a refusal sets no cookie and says the same for every reason', async () => {
    await using server = await openHttpBench()
    const attempts = [
      { ...gwen, password: 'x' },
      { ...gwen, name: 'nobody' },
      { ...gwen, name: 'dan' },
    ]
    for (const json of attempts) {
      const answer = await server.request('/api/session', { json })
      expect(answer.headers.get('set-cookie')).toBeNull()
      expect([answer.status, answer.json]).toEqual([
        401,
        { code: 'FL_SIGN_IN_REFUSED', message: 'Name or password is wrong.' },
      ])
    }
  })

  test.each([
    [{}, 'name'],
    [{ name: 'gwen' }, 'password'],
    [{ name: 1, password: PASSWORD }, 'name'],
    [{ name: 'gwen', password: '' }, 'password'],
    [{ name: 'x'.repeat(65), password: PASSWORD }, 'name'],
    [{ name: 'gwen', password: 'x'.repeat(201) }, 'password'],
    [null, 'request'],
    [[], 'request'],
  ])('%j is refused with the name of the field', async (json, field) => {
    await using server = await openHttpBench()
    const answer = await server.request('/api/session', { json })
    expect(answer.status).toBe(400)
    expect(answer.json).toMatchObject({
      code: 'FL_BAD_REQUEST',
      details: { problems: expect.arrayContaining([expect.stringMatching(new RegExp(`^${field}`))]) },
    })
  })

  test('guessing is stopped per address', async () => {
    await using server = await openHttpBench()
    const guess = () => server.request('/api/session', { json: { name: 'gwen', password: 'guess' } })
    const statuses = await Promise.all(Array.from({ length: 31 }, async () => (await guess()).status))
    expect(statuses.filter((status) => status === 401)).toHaveLength(30)
    const { status, json, headers } = await guess()
    expect([status, json]).toMatchObject([429, { code: 'FL_RATE_LIMITED', details: { seconds: expect.any(Number) } }])
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await server.request('/api/flights')).status).toBe(200)
  })
})
