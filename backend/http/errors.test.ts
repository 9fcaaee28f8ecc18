import { describe, expect, test } from 'vitest'
import { openHttpBench } from '../../src/testing/fixtures/http-bench.ts'
import { talk } from '../../src/testing/fixtures/talk.ts'
import { errorAnswer } from './answer-schemas.ts'

const json = { 'content-type': 'application/json' }

describe('every refusal has the one shape', () => {
  test.each([
    ['GET', '/nowhere', 404, 'FL_NOT_FOUND'],
    ['GET', '/api', 404, 'FL_NOT_FOUND'],
    ['GET', '/api/desk/nowhere', 404, 'FL_NOT_FOUND'],
    ['PUT', '/api/flights', 404, 'FL_NOT_FOUND'],
    ['OPTIONS', '/api/session', 404, 'FL_NOT_FOUND'],
    ['GET', '/console/rpc', 404, 'FL_NOT_FOUND'],
    ['GET', '/ws', 404, 'FL_NOT_FOUND'],
    ['GET', '/%', 400, 'FL_BAD_REQUEST'],
    ['GET', '/api/flights/%E0%A4%A', 400, 'FL_BAD_REQUEST'],
    ['GET', '/assets/%ZZ', 400, 'FL_BAD_REQUEST'],
  ])('%s %s', async (method, path, status, code) => {
    await using server = await openHttpBench()
    const answer = await server.request(path, { method })
    expect([answer.status, errorAnswer.parse(answer.json).code]).toEqual([status, code])
    expect(answer.headers.get('content-type')).toContain('application/json')
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test.each([
    ['{"name":', json, 400, 'FL_BAD_REQUEST'],
    ['', json, 400, 'FL_BAD_REQUEST'],
    ['{"__proto__":{"role":"admin"},"name":"x","password":"y"}', json, 400, 'FL_BAD_REQUEST'],
    ['{"constructor":{"prototype":{"role":"admin"}}}', json, 400, 'FL_BAD_REQUEST'],
    ['['.repeat(30_000), json, 400, 'FL_BAD_REQUEST'],
    ['name=gwen', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'FL_MEDIA_UNSUPPORTED'],
    ['<a/>', { 'content-type': 'text/xml' }, 415, 'FL_MEDIA_UNSUPPORTED'],
    ['{}', { 'content-type': 'text/plain' }, 400, 'FL_BAD_REQUEST'],
    ['{}', { 'content-type': ';;;' }, 415, 'FL_MEDIA_UNSUPPORTED'],
  ])('a body %.20s…', async (body, headers, status, code) => {
    await using server = await openHttpBench()
    const answer = await server.request('/api/session', { csv: body, headers })
    expect([answer.status, errorAnswer.parse(answer.json).code]).toEqual([status, code])
    expect(Object.hasOwn(Object.prototype, 'role')).toBe(false)
  })

  test('a body beyond the limit is refused with the limit', async () => {
    await using server = await openHttpBench()
    const answer = await server.request('/api/session', { json: { name: 'x'.repeat(70_000) } })
    const { code, details } = errorAnswer.parse(answer.json)
    expect([answer.status, code, details]).toEqual([413, 'FL_BODY_TOO_LARGE', { limit: 65_536 }])
  })

  test('a query without end is refused', async () => {
    await using server = await openHttpBench()
    const answer = await server.request(`/api/flights?q=${'x'.repeat(20_000)}`)
    expect([answer.status, errorAnswer.parse(answer.json).code]).toEqual([431, 'FL_HEADERS_TOO_LARGE'])
  })

  test('what is no HTTP is answered as far as it can be', async () => {
    await using server = await openHttpBench()
    for (const text of [
      'hello\r\n\r\n',
      'GET / HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n',
      '\u0016\u0003\u0001\r\n\r\n',
    ]) {
      expect(await talk(server.http.url, text)).toMatch(/^HTTP\/1.1 400 Bad Request\r\n.*"code":"FL_BAD_REQUEST"/s)
    }
    expect((await server.request('/health')).status).toBe(200)
  })

  test('headers that take too long to come are cut off', { timeout: 40_000 }, async () => {
    await using server = await openHttpBench()
    const answer = await talk(server.http.url, 'GET / HTTP/1.1\r\nhost: x\r\nx-slow: ', 30_000)
    expect(answer).toMatch(/^HTTP\/1.1 408 Request Timeout\r\n.*"code":"FL_REQUEST_SLOW"/s)
  })

  test('an address that leaves the folder is nowhere', async () => {
    await using server = await openHttpBench()
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/console/..%2f..%2fpackage.json',
      '/..%5cpackage.json',
    ]) {
      const answer = await talk(server.http.url, `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
      expect(answer).toMatch(/^HTTP\/1.1 40[034] .*"code":"FL_/s)
    }
  })

  test('a defect shows an id and nothing else, and the log has it under that id', async () => {
    const importBookings = async () => {
      throw new TypeError('secret: cannot read properties of undefined')
    }
    await using server = await openHttpBench({ parts: { importBookings } })
    const cookie = await server.signIn('ada')
    const answer = await server.request('/api/import/bookings', { csv: 'a', cookie })
    const { code, details } = errorAnswer.parse(answer.json)
    expect([answer.status, code]).toEqual([500, 'FL_INTERNAL'])
    expect(answer.text).not.toContain('secret')
    expect(server.bench.lines).toContainEqual(expect.objectContaining({ fields: expect.objectContaining(details) }))
  })

  test('programs that offer another protocol are answered as usual', async () => {
    await using server = await openHttpBench()
    const head =
      'GET /health HTTP/1.1\r\nhost: x\r\nconnection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABk\r\n\r\n'
    expect(await talk(server.http.url, head)).toMatch(/^HTTP\/1.1 200 OK/)
  })
})
