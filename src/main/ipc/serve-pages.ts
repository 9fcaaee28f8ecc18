import { RPCHandler } from '@orpc/server/message-port'
import type { IpcMain, IpcMainEvent, MessagePortMain } from 'electron'
import { CONNECT } from '../../shared/api/connect.ts'
import type { Log } from '../../shared/ports/log.ts'
import type { ForwardingRouter } from '../desk/desk-router.ts'
import { openConnection, type PageConnection } from '../desk/page-connection.ts'
import { isTrustedSender } from '../security/sender.ts'
import type { DesktopRouter } from './desktop-router.ts'

/** What serving pages needs. */
export interface ServePagesParts {
  readonly ipcMain: Pick<IpcMain, 'on'>
  readonly desk: ForwardingRouter
  readonly desktop: DesktopRouter
  readonly windows: { has(page: number): boolean; onClosed(listener: (page: number) => void): () => void }
  readonly commands: { released(page: number): void }
  readonly logger: Log
}

/**
 * Serves both contracts over the MessagePort that a page hands over: the desk's at the root, the desktop's own under
 * `desktop`. The one registration with `ipcMain`: the sender is checked here, the role of the signed-in person by the
 * desk service at every call.
 */
export function servePages({ ipcMain, desk, desktop, windows, commands, logger }: ServePagesParts): void {
  const handler = new RPCHandler<PageConnection>({ ...desk, desktop })
  const ports = new Map<number, Set<MessagePortMain>>()
  windows.onClosed((page) => {
    for (const port of ports.get(page) ?? []) closeBothWays(port)
    ports.delete(page)
    commands.released(page)
  })
  ipcMain.on(CONNECT, (event) => {
    const [port] = event.ports
    if (!port || !isTrustedSender(event, windows.has)) return refuse(event, logger)
    const page = event.sender.id
    const open = ports.get(page) ?? new Set()
    ports.set(page, open.add(port))
    port.on('close', () => open.delete(port))
    handler.upgrade(port, { context: openConnection(page) })
    port.start()
  })
}

function refuse({ ports, senderFrame }: Pick<IpcMainEvent, 'ports' | 'senderFrame'>, logger: Log): void {
  for (const port of ports) port.close()
  logger.warn({ from: senderFrame?.url ?? 'no frame' }, 'refused a port from a stranger')
}

/** The side that closes a port gets no event of it, and what runs for the page ends with that event. */
function closeBothWays(port: MessagePortMain): void {
  port.close()
  port.emit('close')
}
