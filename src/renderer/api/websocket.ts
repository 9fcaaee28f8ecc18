import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { z } from 'zod'
import { actorSchema } from '../../shared/api/schemas.ts'
import type { ConsoleClient } from './console-client.ts'
import { RequestFailure } from './request-failure.ts'
import { ConnectError, type Connection, type Credentials, type Transport } from './transport.ts'

/** Where the backend is, and the browser's two ways to it. */
export interface WebSocketTransportParts {
  /** Address of the console's page; everything else is found relative to it, so that a proxy may add a prefix. */
  readonly page: string
  readonly fetch: typeof fetch
  readonly openSocket: (url: string) => WebSocket
  /** Milliseconds to wait for an open connection. */
  readonly patience?: number
}

const PATIENCE = 8_000
const errorShape = z.object({ code: z.string(), message: z.string() })

/** The transport of the browser-hosted console: a session cookie, and the contract over a WebSocket. */
export function createWebSocketTransport(parts: WebSocketTransportParts): Transport {
  return {
    connect: () => connect(parts),
    async signIn(credentials) {
      await expectSuccess(await requestSession(parts, 'POST', credentials))
    },
    async signOut() {
      await expectSuccess(await requestSession(parts, 'DELETE'))
    },
  }
}

/** Browsers do not say why a WebSocket was refused, so the session is asked for first. */
async function connect(parts: WebSocketTransportParts): Promise<Connection> {
  if (!(await hasSession(parts))) throw new ConnectError('signed-out')
  const url = new URL('rpc', parts.page)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = parts.openSocket(url.href)
  const closed = new Promise<void>((resolve) => {
    socket.addEventListener('close', () => resolve(), { once: true })
  })
  if (!(await isOpened(socket, closed, parts.patience ?? PATIENCE))) {
    socket.close()
    throw new ConnectError('unreachable')
  }
  const client: ConsoleClient = createORPCClient(new RPCLink({ websocket: socket }))
  return { client, closed, close: () => socket.close() }
}

async function hasSession(parts: WebSocketTransportParts): Promise<boolean> {
  const response = await requestSession(parts, 'GET').catch((cause: unknown) => {
    throw new ConnectError('unreachable', { cause })
  })
  if (response.status === 401) return false
  if (!response.ok) throw new ConnectError('unreachable')
  return actorSchema.nullable().parse(await response.json()) !== null
}

function requestSession(parts: WebSocketTransportParts, method: string, body?: Credentials): Promise<Response> {
  return parts.fetch(new URL('../api/session', parts.page), {
    method,
    credentials: 'same-origin',
    signal: AbortSignal.timeout(parts.patience ?? PATIENCE),
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
}

async function expectSuccess(response: Response): Promise<void> {
  if (response.ok) return
  const shape = errorShape.safeParse(await response.json().catch(() => undefined))
  const { code, message } = shape.data ?? { code: `HTTP_${response.status}`, message: 'The server did not understand.' }
  throw new RequestFailure('refused', code, { message })
}

async function isOpened(socket: WebSocket, closed: Promise<void>, patience: number): Promise<boolean> {
  const opened = new Promise<true>((resolve) => {
    socket.addEventListener('open', () => resolve(true), { once: true })
  })
  const { promise: late, resolve: giveUp } = Promise.withResolvers<false>()
  const timer = setTimeout(() => giveUp(false), patience)
  const result = await Promise.race([opened, late, closed.then(() => false)])
  clearTimeout(timer)
  return result
}
