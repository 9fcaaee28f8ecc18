import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import cookie from '@fastify/cookie'
import { RPCHandler } from '@orpc/server/ws'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { isOwnOrigin } from '../../src/node/web/own-origin.ts'
import { refuseUpgrade } from '../../src/node/web/refuse-upgrade.ts'
import { SESSION_COOKIE } from '../../src/shared/api/session-cookie.ts'
import type { Connection, DeskContext } from '../../src/shared/desk/parts.ts'
import type { DeskRouter } from '../../src/shared/desk/router.ts'
import { createConnection } from '../../src/shared/desk/sign-in.ts'
import { FlightlineError, isFlightlineError } from '../../src/shared/lib/errors.ts'
import type { HttpParts } from './parts.ts'

// Commands are small; the largest holds an audience of 2,000 chosen flights.
const MAX_FRAME = 256 * 1024
const HEARTBEAT = 25_000

// What a console may have waiting: the largest board many times over. Beyond that nobody reads at the other end.
const MAX_WAITING = 32 * 1024 * 1024

// How long a console has to answer our goodbye.
const FAREWELL = 1_000

/** The console's contract over WebSocket, at `/console/rpc`. */
export interface ConsoleSocket {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>
  /** How many are connected. */
  count(): number
  close(): Promise<void>
}

interface State {
  readonly parts: HttpParts
  readonly server: WebSocketServer
  readonly alive: WeakSet<WebSocket>
  readonly connections: Map<WebSocket, Connection>
}

/** Opens the console's socket; the upgrade needs a live session and our own origin. */
export function createConsoleSocket(parts: HttpParts, router: DeskRouter): ConsoleSocket {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME, perMessageDeflate: false })
  const handler = new RPCHandler<DeskContext>(router)
  const state: State = { parts, server, alive: new WeakSet(), connections: new Map() }
  const heartbeat = setInterval(() => checkAll(state), HEARTBEAT).unref()
  return {
    async handleUpgrade(request, socket, head) {
      const token = readToken(request)
      const refusal = await findRefusal(parts, request, token)
      if (refusal) return refuseUpgrade(socket, refusal)
      server.handleUpgrade(request, socket, head, (opened) => {
        const connection = createConnection(parts, token)
        welcome(state, opened, connection)
        void handler.upgrade(onlyFrames(opened), { context: { connection } })
      })
    },
    count: () => state.connections.size,
    async close() {
      clearInterval(heartbeat)
      server.close()
      await Promise.all([...server.clients].map(sayGoodbye))
    },
  }
}

function welcome({ parts, alive, connections }: State, socket: WebSocket, connection: Connection): void {
  alive.add(socket)
  connections.set(socket, connection)
  socket.on('pong', () => alive.add(socket))
  socket.on('close', () => connections.delete(socket))
  socket.on('error', (error) => parts.logger.warn({ err: error }, 'a console broke the protocol'))
}

const frameSchema = z.union([
  z.looseObject({ i: z.string(), t: z.literal(1).optional(), p: z.looseObject({ u: z.string().startsWith('/') }) }),
  z.looseObject({ i: z.string(), t: z.literal([3, 4]) }),
])

/** The socket as the library sees it: without what is no frame of its protocol, which it would only print. */
function onlyFrames(socket: WebSocket): WebSocket {
  const addEventListener = (type: 'message' | 'close', listener: (event: object) => void) => {
    if (type !== 'message') return socket.addEventListener(type, listener)
    socket.on('message', (data, isBinary) => {
      const text = data.toString()
      if (!isBinary && isFrame(text)) listener({ data: text })
      else socket.close(1008, 'not a request')
    })
  }
  return Object.create(socket, { addEventListener: { value: addEventListener } })
}

function isFrame(text: string): boolean {
  try {
    return frameSchema.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}

/** Ends who is gone, who does not read, and whose session was ended elsewhere. */
function checkAll({ server, alive, connections }: State): void {
  for (const socket of server.clients) {
    if (!alive.delete(socket) || socket.bufferedAmount > MAX_WAITING) socket.terminate()
    else {
      socket.ping()
      void endWithSession(socket, connections.get(socket))
    }
  }
}

async function endWithSession(socket: WebSocket, connection: Connection | undefined): Promise<void> {
  try {
    await connection?.actor()
  } catch (error) {
    // A store that does not answer for a moment is no reason to send everybody away.
    if (isFlightlineError(error) && error.status === 401) socket.close(1008, error.code)
  }
}

function sayGoodbye(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const impatience = setTimeout(() => socket.terminate(), FAREWELL)
    socket.once('close', () => {
      clearTimeout(impatience)
      resolve()
    })
    socket.close(1001, 'going away')
  })
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
