import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { refuseUpgrade } from '../../src/node/web/refuse-upgrade.ts'
import { createDeskRouter } from '../../src/shared/desk/router.ts'
import { FlightlineError } from '../../src/shared/lib/errors.ts'
import type { Part } from '../part.ts'
import { createSystemReader } from '../system/create-system-reader.ts'
import { type ConsoleSocket, createConsoleSocket } from './console-socket.ts'
import { createDrain } from './drain.ts'
import type { HttpParts } from './parts.ts'
import { createServer } from './server.ts'

// After a restart everybody comes at once; what the kernel drops comes again only a second or three later.
const BACKLOG = 4_096

/** Something that takes a WebSocket upgrade. */
export interface UpgradeHandler {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>
}

/** The running HTTP part. */
export interface Http extends Part {
  /** Where it listens, with the port that was really taken. */
  readonly url: string
}

/**
 * Listens: HTTP, the passengers' push at `/ws`, the console's contract at `/console/rpc`.
 * @param columns - documentation of the import's columns, Markdown
 */
export async function startHttp(parts: HttpParts, push: UpgradeHandler, columns: string): Promise<Http> {
  const { figures } = parts.metrics
  const desk = createDeskRouter({ ...parts, readSystem: createSystemReader({ ...parts, figures }) })
  const app = await createServer(parts, { desk, columns })
  const consoleSocket = createConsoleSocket(parts, desk)
  const drain = createDrain(app.server)
  takeUpgrades(app.server, parts, { '/ws': push, '/console/rpc': consoleSocket })
  try {
    const url = await app.listen({ host: parts.settings.host, port: parts.settings.port, backlog: BACKLOG })
    return toPart(url, consoleSocket, () => drain.close(app.close()))
  } catch (error) {
    await consoleSocket.close()
    await app.close()
    throw error
  }
}

function toPart(url: string, consoleSocket: ConsoleSocket, close: () => Promise<void>): Http {
  return {
    name: 'http',
    url,
    health: () => ({ status: 'ok', consoles: consoleSocket.count() }),
    async close() {
      await Promise.all([consoleSocket.close(), close()])
    },
  }
}

function takeUpgrades(server: Server, { logger }: HttpParts, takers: Readonly<Record<string, UpgradeHandler>>): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    // Who hangs up in the middle of a handshake is no news; nobody else listens yet.
    socket.on('error', () => socket.destroy())
    const taker = Object.hasOwn(takers, path) ? takers[path] : undefined
    if (!taker) return refuseUpgrade(socket, new FlightlineError('FL_NOT_FOUND', { path: path.slice(0, 200) }))
    taker.handleUpgrade(request, socket, head).catch((error: unknown) => {
      logger.error({ path, err: error }, 'an upgrade failed')
      socket.destroy()
    })
  })
}
