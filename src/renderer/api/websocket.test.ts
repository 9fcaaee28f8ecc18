import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { implement } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { contract } from '../../shared/api/contract.ts'
import type { Actor } from '../../shared/domain/role.ts'
import { createWebSocketTransport } from './websocket.ts'

const gate: Actor = { name: 'gate', role: 'gate', stations: ['JFK'] }

interface Backend {
  readonly http: Server
  readonly sockets: WebSocketServer
  session: Actor | null
  sessionStatus: number
  takesSockets: boolean
}

let backend: Backend

/** As much of a backend as a transport sees: the session resource and the socket. */
async function startBackend(): Promise<Backend> {
  const sockets = new WebSocketServer({ noServer: true })
  const { session } = implement(contract)
  const handler = new RPCHandler({ session: { current: session.current.handler(() => gate) } })
  sockets.on('connection', (socket) => void handler.upgrade(socket))
  const started: Backend = { http: createServer(), sockets, session: null, sessionStatus: 200, takesSockets: true }
  started.http.on('request', async (request, response) => {
    const body = request.method === 'POST' ? JSON.parse((await request.toArray()).join('')) : undefined
    if (request.url !== '/api/session') return void response.writeHead(404).end()
    if (body?.password === 'wrong') {
      return void response.writeHead(401).end('{"code":"FL_SIGN_IN_REFUSED","message":"Name or password is wrong."}')
    }
    if (body) started.session = gate
    if (request.method === 'DELETE') started.session = null
    response.writeHead(started.sessionStatus).end(JSON.stringify(started.session))
  })
  started.http.on('upgrade', (request, socket, head) => {
    if (request.url !== '/console/rpc' || !started.takesSockets) return socket.destroy()
    sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened))
  })
  await new Promise<void>((resolve) => started.http.listen(0, '127.0.0.1', resolve))
  return started
}

function createTransport() {
  // Reason for the cast: a listening TCP server has an AddressInfo; the type also covers pipes.
  const { port } = backend.http.address() as AddressInfo
  return createWebSocketTransport({
    page: `http://127.0.0.1:${port}/console/`,
    fetch,
    openSocket: (url) => new WebSocket(url),
    patience: 500,
  })
}

beforeEach(async () => {
  backend = await startBackend()
})

afterEach(() => {
  for (const socket of backend.sockets.clients) socket.terminate()
  backend.http.closeAllConnections()
  backend.http.close()
})

test('a session opens the socket, and calls go through it', async () => {
  backend.session = gate
  const { client, close, closed } = await createTransport().connect()
  expect(await client.session.current()).toEqual(gate)
  close()
  await closed
})

test('without a session no socket is tried', async () => {
  await expect(createTransport().connect()).rejects.toMatchObject({ failure: 'signed-out' })
  backend.sessionStatus = 401
  await expect(createTransport().connect()).rejects.toMatchObject({ failure: 'signed-out' })
})

test('signing in makes the next connection possible, signing out ends that', async () => {
  const transport = createTransport()
  await transport.signIn({ name: 'gate', password: 'right' })
  ;(await transport.connect()).close()
  await transport.signOut()
  await expect(transport.connect()).rejects.toMatchObject({ failure: 'signed-out' })
})

test("a refused sign-in keeps the server's words", async () => {
  await expect(createTransport().signIn({ name: 'gate', password: 'wrong' })).rejects.toMatchObject({
    code: 'FL_SIGN_IN_REFUSED',
    message: 'Name or password is wrong.',
  })
})

test('an answer that is not ours is still told as an error', async () => {
  backend.sessionStatus = 502
  await expect(createTransport().signIn({ name: 'gate', password: 'right' })).rejects.toMatchObject({
    code: 'HTTP_502',
  })
})

test('a server that is down or refuses the socket is unreachable', async () => {
  backend.session = gate
  backend.takesSockets = false
  await expect(createTransport().connect()).rejects.toMatchObject({ failure: 'unreachable' })
  backend.sessionStatus = 503
  await expect(createTransport().connect()).rejects.toMatchObject({ failure: 'unreachable' })
  const transport = createTransport()
  backend.http.closeAllConnections()
  await new Promise((resolve) => backend.http.close(resolve))
  await expect(transport.connect()).rejects.toMatchObject({ failure: 'unreachable' })
})

test('a socket that the server drops ends the connection and the call on it', async () => {
  backend.session = gate
  const { client, closed } = await createTransport().connect()
  for (const socket of backend.sockets.clients) socket.terminate()
  await closed
  await expect(client.session.current()).rejects.toThrow()
})
