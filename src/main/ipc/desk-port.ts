import { RPCHandler } from '@orpc/server/message-port'
import { ipcMain } from 'electron'
import { CONNECT } from '../../shared/api/connect.ts'
import type { DeskContext } from '../../shared/desk/parts.ts'
import type { DeskRouter } from '../../shared/desk/router.ts'
import { createConnection, type SignInParts } from '../../shared/desk/sign-in.ts'
import type { Log } from '../../shared/ports/log.ts'
import { isTrustedSender } from '../security/sender.ts'

/** What serving the contract to windows needs. */
export interface DeskPortParts {
  readonly router: DeskRouter
  readonly signIn: SignInParts
  readonly logger: Log
}

/**
 * Serves the console's contract over the MessagePort that each page hands over. The one registration with `ipcMain`:
 * the sender is checked here, the role of the signed-in person by the desk service at every call.
 */
export function serveDesk({ router, signIn, logger }: DeskPortParts): void {
  const handler = new RPCHandler<DeskContext>(router)
  ipcMain.on(CONNECT, (event) => {
    const [port] = event.ports
    if (!port || !isTrustedSender(event)) {
      logger.warn({ from: event.senderFrame?.url ?? 'no frame' }, 'refused a port from a stranger')
      return
    }
    handler.upgrade(port, { context: { connection: createConnection(signIn) } })
    port.start()
  })
}
