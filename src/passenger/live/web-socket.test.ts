import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, test, vi } from 'vitest'
import { WebSocketServer } from 'ws'
import { openWebSocket } from './web-socket.ts'

/** A server on a free port that greets, and answers each message with the path it was asked on and the message. */
async function echoServer() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  server.on('connection', (socket, { url }) => {
    socket.on('message', (data) => socket.send(`${url} ${data}`))
    socket.send('hello')
  })
  await once(server, 'listening')
  // Reason for the cast: a server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo
  return { page: `http://127.0.0.1:${port}/?flight=x#content`, server, [Symbol.dispose]: () => server.close() }
}

function listening() {
  const messages: string[] = []
  const { promise: closed, resolve } = Promise.withResolvers<number | undefined>()
  const until = (count: number) => vi.waitUntil(() => messages.length >= count)
  return { messages, closed, until, handlers: { message: (text: string) => void messages.push(text), closed: resolve } }
}

test('opens /ws of the server that the page came from, and tells of its end and the code', async () => {
  using echo = await echoServer()
  const heard = listening()
  const socket = openWebSocket(echo.page, heard.handlers)
  const [peer] = await once(echo.server, 'connection')
  await heard.until(1)
  socket.send('follow')
  await heard.until(2)
  peer.close(1013)

  expect(await heard.closed).toBe(1013)
  expect(heard.messages).toEqual(['hello', '/ws follow'])
})

test('a server that is not there is told as a close, never as an exception', async () => {
  const heard = listening()
  openWebSocket('http://127.0.0.1:9/', heard.handlers)

  expect(await heard.closed).toBe(1006)
})

test('closes when asked to', async () => {
  using echo = await echoServer()
  const heard = listening()
  const socket = openWebSocket(echo.page, heard.handlers)
  await once(echo.server, 'connection')
  await heard.until(1)
  socket.close()

  expect(await heard.closed).toBe(1005)
})
