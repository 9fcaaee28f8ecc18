import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import cookie from '@fastify/cookie'
import { RPCHandler } from '@orpc/server/ws'
import { type WebSocket, WebSocketServer } from 'ws'
import type { DeskContext } from '../../src/shared/desk/parts.ts'
import type { DeskRouter } from '../../src/shared/desk/router.ts'
import { createConnection } from '../../src/shared/desk/sign-in.ts'
import { FlightlineError } from '../../src/shared/lib/errors.ts'
import { isOwnOrigin } from './origin.ts'
import type { HttpParts } from './parts.ts'
import { SESSION_COOKIE } from './session.ts'

// Commands are small; the largest holds an audience of 2,000 chosen flights.
const MAX_FRAME = 256 * 1024
const HEARTBEAT = 25_000

/** The console's contract over WebSocket, at `/console/rpc`. */
export interface ConsoleSocket {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>
  close(): Promise<void>
}

/** Opens the console's socket; the upgrade needs a live session and our own origin. */
export function createConsoleSocket(parts: HttpParts, router: DeskRouter): ConsoleSocket {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME, perMessageDeflate: false })
  const handler = new RPCHandler<DeskContext>(router)
  const alive = new WeakSet<WebSocket>()
  const heartbeat = setInterval(() => checkAll(server, alive), HEARTBEAT).unref()
  server.on('connection', (socket) => {
    alive.add(socket)
    socket.on('pong', () => alive.add(socket))
    socket.on('error', (error) => parts.logger.warn({ err: error }, 'console socket failed'))
  })
  return {
    async handleUpgrade(request, socket, head) {
      const token = readToken(request)
      const refusal = await findRefusal(parts, request, token)
      if (refusal) return refuse(socket, refusal)
      server.handleUpgrade(request, socket, head, (opened) => {
        server.emit('connection', opened, request)
        void handler.upgrade(opened, { context: { connection: createConnection(parts, token) } })
      })
    },
    async close() {
      clearInterval(heartbeat)
      for (const socket of server.clients) socket.close(1001, 'going away')
      server.close()
    },
  }
}

function checkAll(server: WebSocketServer, alive: WeakSet<WebSocket>): void {
  for (const socket of server.clients) {
    if (!alive.delete(socket)) socket.terminate()
    else socket.ping()
  }
}

function readToken(request: IncomingMessage): string | undefined {
  return cookie.parse(request.headers.cookie ?? '')[SESSION_COOKIE]
}

async function findRefusal(
  parts: HttpParts,
  request: IncomingMessage,
  token: string | undefined,
): Promise<FlightlineError | undefined> {
  const { origin, host } = request.headers
  if (!isOwnOrigin(origin, host, parts.settings.publicUrl)) return new FlightlineError('FL_ORIGIN_FOREIGN')
  try {
    await createConnection(parts, token).actor()
    return undefined
  } catch (error) {
    return error instanceof FlightlineError ? error : new FlightlineError('FL_STORE_UNAVAILABLE', {}, { cause: error })
  }
}

/** Answers an upgrade with a plain HTTP error in the usual shape. */
export function refuse(socket: Duplex, error: FlightlineError): void {
  const body = JSON.stringify(error.toShape())
  const head = [
    `HTTP/1.1 ${error.status} Refused`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
