import { join } from 'node:path'
import { app, dialog, protocol, session } from 'electron'
import { createLog } from '../node/log/create-log.ts'
import { describeFailure } from '../shared/lib/describe-failure.ts'
import { serveDesk } from './ipc/desk-port.ts'
import { openDesk } from './open-desk.ts'
import { denyPermissions } from './security/permissions.ts'
import { registerScheme, serveConsole } from './security/protocol.ts'
import { openConsoleWindow } from './windows/console-window.ts'

/** Composition root of the desktop: settings and adapters in, one secured window out. */
async function start(): Promise<void> {
  const logger = createLog('info')
  const desk = await openDesk(process.env, { folder: app.getPath('userData'), logger })
  app.once('will-quit', () => void desk.close())
  denyPermissions(session.defaultSession)
  serveConsole(protocol, join(app.getAppPath(), 'out', 'renderer'))
  serveDesk({ router: desk.router, signIn: desk.parts, logger })
  await openConsoleWindow(join(app.getAppPath(), 'out', 'preload', 'index.cjs'))
}

function fail(error: unknown): void {
  dialog.showErrorBox('Flightline did not start', describeFailure(error))
  app.exit(1)
}

app.enableSandbox()
registerScheme(protocol)
app.on('window-all-closed', () => app.quit())
// Not awaited: Electron becomes ready only when this module has been evaluated, and would wait for itself for ever.
app.whenReady().then(start).catch(fail)
