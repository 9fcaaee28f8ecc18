import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { createDeskRouter } from '../../src/shared/desk/router.ts'
import { FlightlineError } from '../../src/shared/lib/errors.ts'
import type { Part } from '../part.ts'
import { createConsoleSocket, refuse } from './console-socket.ts'
import type { HttpParts } from './parts.ts'
import { createServer } from './server.ts'

/** Something that takes a WebSocket upgrade. */
export interface UpgradeHandler {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): unknown
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
  const app = await createServer(parts, columns)
  const consoleSocket = createConsoleSocket(parts, createDeskRouter(parts))
  const upgrades: Readonly<Record<string, UpgradeHandler>> = { '/ws': push, '/console/rpc': consoleSocket }
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    socket.on('error', (error) => parts.logger.warn({ err: error }, 'upgrade failed'))
    const handler = Object.hasOwn(upgrades, path) ? upgrades[path] : undefined
    if (handler) handler.handleUpgrade(request, socket, head)
    else refuse(socket, new FlightlineError('FL_NOT_FOUND', { path: path.slice(0, 200) }))
  })
  const url = await app.listen({ host: parts.settings.host, port: parts.settings.port })
  return {
    name: 'http',
    url,
    health: () => ({ status: 'ok' }),
    async close() {
      await consoleSocket.close()
      await app.close()
    },
  }
}
