import { connect, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { openHttpBench } from '../../src/testing/fixtures/http-bench.ts'
import { serverOptions } from './server.ts'

const HALF_OPEN = 2_000
const BEGINNING = 'GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n'

/** Connections that never end their handshake, by what they do instead. */
const ways: readonly ((socket: Socket) => void)[] = [
  // Not even begun.
  () => undefined,
  (socket) => socket.write(BEGINNING),
  sendByteByByte,
]

/** A header that grows and never ends: there is always something new, and never enough. */
function sendByteByByte(socket: Socket): void {
  socket.write(`${BEGINNING}X-Slow: `)
  const timer = setInterval(() => socket.write('x'), 250)
  socket.once('close', () => clearInterval(timer))
}

function beginHandshake(port: number, at: number): Promise<{ socket: Socket; ended: Promise<void> }> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.resume()
    const ended = new Promise<void>((done) => socket.once('close', () => done()))
    socket.once('connect', () => {
      ways[at % ways.length]?.(socket)
      resolve({ socket, ended })
    })
  })
}

test('2,000 handshakes that are never finished, some sent byte by byte, are cut off, and others are served meanwhile', async () => {
  await using server = await openHttpBench()
  const port = Number(new URL(server.http.url).port)
  const open = await Promise.all(Array.from({ length: HALF_OPEN }, (_, at) => beginHandshake(port, at)))
  expect((await server.request('/health')).status).toBe(200)
  expect(open.some(({ socket }) => !socket.destroyed)).toBe(true)
  await Promise.all(open.map(({ ended }) => ended))
  expect((await server.request('/health')).status).toBe(200)
})

test('the time for a handshake, until the next look at who is late included, is ten seconds', () => {
  expect(serverOptions.headersTimeout + serverOptions.connectionsCheckingInterval).toBeLessThanOrEqual(10_000)
})
