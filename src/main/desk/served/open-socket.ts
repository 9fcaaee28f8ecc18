import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import { cookieOf } from './server-sign-in.ts'

type LinkSocket = ConstructorParameters<typeof RPCLink>[0]['websocket']

/** An open line to the server. */
export interface ServerSocket {
  readonly link: InstanceType<typeof RPCLink>
  /** Resolves, with the reason that the server gave, when the line has ended. */
  readonly ended: Promise<string>
  /** Asks for a sign of life, and ends a line that gave none since it was asked last. */
  check(): void
  close(): void
}

/** Thrown when the server does not let this desk in. */
export class Refused extends Error {
  readonly status: number

  constructor(status: number) {
    super(`the server refused the console's socket with ${status}`)
    this.status = status
  }
}

// A snapshot of several thousand departures.
const MOST_BYTES = 32 * 1024 * 1024
const PATIENCE = 6_000

/**
 * Opens the console's socket with the session of this desk. The certificate is verified whatever the environment says,
 * and a redirect is a refusal.
 * @throws Refused, or what Node throws when nothing answers, or nothing that is trusted
 */
export async function openSocket(base: URL, token: string, signal: AbortSignal): Promise<ServerSocket> {
  const url = new URL('console/rpc', base)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new WebSocket(url, {
    headers: { cookie: cookieOf(token) },
    origin: base.origin,
    followRedirects: false,
    rejectUnauthorized: true,
    perMessageDeflate: false,
    maxPayload: MOST_BYTES,
    handshakeTimeout: PATIENCE,
  })
  // What breaks the line also closes it, and that is what is waited for; an error nobody listens to would end main.
  socket.on('error', () => undefined)
  signal.addEventListener('abort', () => socket.terminate(), { once: true })
  await opened(socket)
  return toServerSocket(socket)
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
    socket.once('unexpected-response', (request, response) => {
      request.destroy()
      reject(new Refused(response.statusCode ?? 0))
    })
  })
}

function toServerSocket(socket: WebSocket): ServerSocket {
  let isAlive = true
  socket.on('pong', () => {
    isAlive = true
  })
  const ended = new Promise<string>((resolve) => socket.once('close', (_code, reason) => resolve(reason.toString())))
  // Reason for the cast: the library asks for a browser's socket and uses three members of it.
  const link = new RPCLink({ websocket: tolerant(socket) as LinkSocket })
  return {
    link,
    ended,
    check() {
      if (!isAlive) return socket.terminate()
      isAlive = false
      socket.ping()
    },
    close() {
      socket.close()
      // Who does not answer a goodbye is gone already.
      setTimeout(() => socket.terminate(), 1_000).unref()
    },
  }
}

/**
 * The socket as the library sees it. The library sends when a call is aborted, and where that fails it fails beyond
 * anybody's reach; so a socket that is closed takes everything, and ends whatever is waiting on it.
 */
function tolerant(socket: WebSocket): object {
  const ends: (() => void)[] = []
  return {
    readyState: WebSocket.OPEN,
    addEventListener(type: 'message' | 'close', listener: () => void) {
      if (type === 'close') ends.push(listener)
      socket.addEventListener(type, listener)
    },
    send(data: string) {
      if (socket.readyState === WebSocket.OPEN) return socket.send(data)
      setImmediate(() => {
        for (const end of ends) end()
      })
    },
  }
}
