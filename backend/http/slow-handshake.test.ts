import { connect, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { openHttpBench } from '../../src/testing/fixtures/http-bench.ts'

const HALF_OPEN = 2_000
// What `notifications.md` D2 asks for, and a margin for a busy machine that reads 2,000 answers.
const DEADLINE = 10_000 + 4_000

/** Opens a connection that begins a handshake and never ends it. */
function beginHandshake(port: number, at: number): Promise<{ socket: Socket; ended: Promise<void> }> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.resume()
    const ended = new Promise<void>((done) => socket.once('close', () => done()))
    socket.once('connect', () => {
      // Every other one has not even begun.
      if (at % 2 === 0) socket.write('GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n')
      resolve({ socket, ended })
    })
  })
}

test('2,000 handshakes that are never finished are cut off within ten seconds, and others are served meanwhile', async () => {
  await using server = await openHttpBench()
  const port = Number(new URL(server.http.url).port)
  const startedAt = performance.now()
  const open = await Promise.all(Array.from({ length: HALF_OPEN }, (_, at) => beginHandshake(port, at)))
  expect((await server.request('/health')).status).toBe(200)
  expect(open.filter(({ socket }) => socket.destroyed)).toEqual([])
  await Promise.all(open.map(({ ended }) => ended))
  expect(performance.now() - startedAt).toBeLessThan(DEADLINE)
  expect((await server.request('/health')).status).toBe(200)
})
