import { once } from 'node:events'
import { describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { DAY } from '../../src/shared/domain/instant.ts'
import { type HttpBench, openHttpBench } from '../../src/testing/fixtures/http-bench.ts'

interface Attempt {
  readonly cookie?: string
  readonly origin?: string
  readonly path?: string
}

function connect({ http }: HttpBench, { cookie = '', origin, path = '/console/rpc' }: Attempt): WebSocket {
  const headers = { cookie, ...(origin !== undefined && { origin }) }
  return new WebSocket(http.url.replace('http', 'ws') + path, { headers })
}

/** How an upgrade was refused. */
async function refusal(server: HttpBench, attempt: Attempt) {
  const socket = connect(server, attempt)
  const [, response] = await once(socket, 'unexpected-response')
  const chunks = await response.toArray()
  return [response.statusCode, JSON.parse(Buffer.concat(chunks).toString()).code]
}

async function open(server: HttpBench, attempt: Attempt = {}): Promise<WebSocket> {
  const socket = connect(server, { cookie: await server.signIn('gwen'), ...attempt })
  await once(socket, 'open')
  return socket
}

describe('/console/rpc', () => {
  test.each<[string, Attempt, number, string]>([
    ['without a session', {}, 401, 'FL_SESSION_MISSING'],
    ['with a made-up session', { cookie: 'flightline_session=made-up' }, 401, 'FL_SESSION_EXPIRED'],
    ['from a foreign page', { origin: 'https://evil.example.com' }, 403, 'FL_ORIGIN_FOREIGN'],
    ['from a page without origin', { origin: 'null' }, 403, 'FL_ORIGIN_FOREIGN'],
    ['at another address', { path: '/console/other' }, 404, 'FL_NOT_FOUND'],
    ['at a name of the language', { path: '/__proto__' }, 404, 'FL_NOT_FOUND'],
  ])('an upgrade %s is refused', async (_, attempt, status, code) => {
    await using server = await openHttpBench()
    expect(await refusal(server, attempt)).toEqual([status, code])
  })

  test('a foreign page is refused with a live session too, our own is let in', async () => {
    await using server = await openHttpBench()
    const cookie = await server.signIn('gwen')
    expect(await refusal(server, { cookie, origin: 'https://evil.example.com' })).toEqual([403, 'FL_ORIGIN_FOREIGN'])
    const socket = await open(server, { cookie, origin: 'https://flights.example.com' })
    expect(await server.http.health()).toMatchObject({ status: 'ok', consoles: 1 })
    socket.close()
    await expect.poll(() => server.http.health()).toMatchObject({ consoles: 0 })
  })

  test('a session that has ended opens nothing', async () => {
    await using server = await openHttpBench()
    const cookie = await server.signIn('gwen')
    server.bench.parts.clock.advance(DAY)
    expect(await refusal(server, { cookie })).toEqual([401, 'FL_SESSION_EXPIRED'])
  })

  test.each([['hello'], ['{'], ['[]'], ['null'], ['"i"'], ['{"p":1}'], ['{"i":"1","p":{"u":"x"}}']])(
    'a frame %s ends the connection',
    async (frame) => {
      await using server = await openHttpBench()
      const socket = await open(server)
      socket.send(frame)
      expect((await once(socket, 'close'))[0]).toBe(1008)
      expect((await server.request('/health')).status).toBe(200)
    },
  )

  test('binary frames and frames beyond the limit end it too', async () => {
    await using server = await openHttpBench()
    const binary = await open(server)
    binary.send(Buffer.from([1, 2, 3]))
    expect((await once(binary, 'close'))[0]).toBe(1008)
    const large = await open(server)
    large.send('x'.repeat(300_000))
    expect((await once(large, 'close'))[0]).toBe(1009)
  })

  test('a call that does not exist is answered, and the connection goes on', async () => {
    await using server = await openHttpBench()
    const socket = await open(server)
    for (const url of ['/nowhere', '/__proto__/x', '/constructor']) {
      socket.send(JSON.stringify({ i: url, p: { u: url, b: {} } }))
      const [data] = await once(socket, 'message')
      expect(JSON.parse(data.toString())).toMatchObject({ i: url, p: { s: 404 } })
    }
    socket.close()
  })

  test('whose session was ended elsewhere is sent away at the next heartbeat', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      await using server = await openHttpBench()
      const cookie = await server.signIn('gwen')
      const [ended, other] = [await open(server, { cookie }), await open(server)]
      vi.advanceTimersByTime(25_000)
      await Promise.all([once(ended, 'ping'), once(other, 'ping')])
      await server.request('/api/session', { method: 'DELETE', cookie })
      const closed = once(ended, 'close')
      await new Promise((resolve) => setTimeout(resolve, 50))
      vi.advanceTimersByTime(25_000)
      const [code, reason] = await closed
      expect([code, reason.toString()]).toEqual([1008, 'FL_SESSION_EXPIRED'])
      expect(other.readyState).toBe(WebSocket.OPEN)
      other.terminate()
    } finally {
      vi.useRealTimers()
    }
  })

  test('who answers no ping is dropped', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      await using server = await openHttpBench()
      const socket = connect(server, { cookie: await server.signIn('gwen') })
      Object.assign(socket, { pong: () => undefined })
      await once(socket, 'open')
      Reflect.get(socket, '_receiver').removeAllListeners('ping')
      vi.advanceTimersByTime(25_000)
      const closed = once(socket, 'close')
      vi.advanceTimersByTime(25_000)
      expect((await closed)[0]).toBe(1006)
    } finally {
      vi.useRealTimers()
    }
  })
})
