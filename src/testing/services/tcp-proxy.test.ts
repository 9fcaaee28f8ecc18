import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { startTcpProxy } from './tcp-proxy.ts'

/** A server that says everything back. */
async function startEcho() {
  const server = createServer((socket) => socket.on('error', () => undefined).pipe(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    // Reason for the cast: the address of a server that listens on a port is never a pipe's name.
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function ask(socket: Socket, question: string): Promise<string> {
  socket.write(question)
  const answer = once(socket, 'data').then(([data]) => String(data))
  const silence = new Promise<string>((resolve) => setTimeout(resolve, 300, 'nothing'))
  return Promise.race([answer, silence])
}

test('passes everything on, swallows everything while it hangs, and passes again on new connections', async () => {
  await using echo = await startEcho()
  await using proxy = await startTcpProxy({ host: '127.0.0.1', port: echo.port })
  const socket = connect(proxy.port, '127.0.0.1')
  expect(await ask(socket, 'one')).toBe('one')
  proxy.hang()
  expect(await ask(socket, 'two')).toBe('nothing')
  proxy.resume()
  await once(socket, 'close')
  const again = connect(proxy.port, '127.0.0.1')
  expect(await ask(again, 'three')).toBe('three')
  again.destroy()
})
