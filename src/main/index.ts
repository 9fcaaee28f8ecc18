import { join } from 'node:path'
import { app, protocol, session } from 'electron'
import { createLog } from '../node/log/create-log.ts'
import { serveDesk } from './ipc/desk-port.ts'
import { openDesk } from './open-desk.ts'
import { denyPermissions } from './security/permissions.ts'
import { registerScheme, serveConsole } from './security/protocol.ts'
import { openConsoleWindow } from './windows/console-window.ts'

/** Composition root of the desktop: settings and adapters in, one secured window out. */
async function start(): Promise<void> {
  const logger = createLog('info')
  const desk = await openDesk(process.env, { folder: app.getPath('userData'), logger })
  denyPermissions(session.defaultSession)
  serveConsole(protocol, join(app.getAppPath(), 'out', 'renderer'))
  serveDesk({ router: desk.router, signIn: desk.parts, logger })
  await openConsoleWindow(join(app.getAppPath(), 'out', 'preload', 'index.cjs'))
  app.once('will-quit', () => void desk.close())
}

app.enableSandbox()
registerScheme(protocol)
app.on('window-all-closed', () => app.quit())
await app.whenReady()
await start()
