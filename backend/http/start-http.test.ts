import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { openHttpBench } from '../../src/testing/fixtures/http-bench.ts'
import type { UpgradeHandler } from './start-http.ts'

const gate = () => Promise.withResolvers<void>()

describe('listening', () => {
  test('a port that is taken is told, and nothing is left running', async () => {
    await using server = await openHttpBench()
    const port = Number(new URL(server.http.url).port)
    await expect(openHttpBench({ settings: { port } })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  test('passengers are handed over at /ws, with whatever they sent along', async () => {
    const sockets = new WebSocketServer({ noServer: true })
    const push: UpgradeHandler = {
      async handleUpgrade(request, socket, head) {
        sockets.handleUpgrade(request, socket, head, (opened) => opened.send(`hello ${request.url}`))
      },
    }
    await using server = await openHttpBench({ push })
    const socket = new WebSocket(`${server.http.url.replace('http', 'ws')}/ws?x=1`)
    const [data] = await once(socket, 'message')
    expect(data.toString()).toBe('hello /ws?x=1')
    socket.terminate()
  })

  test('a gateway that fails takes one socket with it and nothing else', async () => {
    const push: UpgradeHandler = { handleUpgrade: () => Promise.reject(new Error('broken')) }
    await using server = await openHttpBench({ push })
    const socket = new WebSocket(`${server.http.url.replace('http', 'ws')}/ws`)
    await once(socket, 'error')
    expect(server.bench.lines).toContainEqual(expect.objectContaining({ level: 'error' }))
    expect((await server.request('/health')).status).toBe(200)
  })
})

describe('closing', () => {
  test('a request under way is answered, a new connection is not', async () => {
    const [started, release] = [gate(), gate()]
    const importBookings = async () => {
      started.resolve()
      await release.promise
      return { accepted: 1, rejected: [] }
    }
    await using server = await openHttpBench({ parts: { importBookings } })
    const cookie = await server.signIn('ada')
    const answer = server.request('/api/import/bookings', { csv: 'a', cookie })
    await started.promise
    const closed = server.http.close()
    await expect(fetch(`${server.http.url}/health`)).rejects.toThrow()
    release.resolve()
    expect((await answer).json).toEqual({ accepted: 1, rejected: [] })
    await closed
  })

  test('connections that wait for nothing do not hold it up', async () => {
    await using server = await openHttpBench()
    const { port, hostname } = new URL(server.http.url)
    const idle = connect(Number(port), hostname)
    await once(idle, 'connect')
    await server.request('/health')
    const startedAt = performance.now()
    await server.http.close()
    expect(performance.now() - startedAt).toBeLessThan(2_000)
    idle.destroy()
  })

  test('consoles are told to go, and one that does not answer is cut off', async () => {
    await using server = await openHttpBench()
    const url = `${server.http.url.replace('http', 'ws')}/console/rpc`
    const headers = { cookie: await server.signIn('gwen') }
    const [polite, deaf] = [new WebSocket(url, { headers }), new WebSocket(url, { headers })]
    await Promise.all([once(polite, 'open'), once(deaf, 'open')])
    deaf.pause()
    const goodbye = once(polite, 'close')
    const startedAt = performance.now()
    await server.http.close()
    expect((await goodbye)[0]).toBe(1001)
    expect(performance.now() - startedAt).toBeLessThan(3_000)
    deaf.terminate()
  })

  test('the sockets of passengers are left to the gateway', async () => {
    const sockets = new WebSocketServer({ noServer: true })
    const push: UpgradeHandler = {
      async handleUpgrade(request, socket, head) {
        sockets.handleUpgrade(request, socket, head, (opened) => opened.send('hello'))
      },
    }
    await using server = await openHttpBench({ push })
    const socket = new WebSocket(`${server.http.url.replace('http', 'ws')}/ws`)
    await once(socket, 'message')
    await server.http.close()
    expect(socket.readyState).toBe(WebSocket.OPEN)
    socket.terminate()
  })
})
