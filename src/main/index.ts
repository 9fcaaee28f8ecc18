import { app, dialog, protocol } from 'electron'
import { describeFailure } from '../shared/lib/describe-failure.ts'
import { nameProgram } from './app/name-program.ts'
import { collectRequests } from './app/requests.ts'
import { guardEveryPage } from './security/every-page.ts'
import { registerScheme } from './security/protocol.ts'
import { sandboxEverything } from './security/sandbox.ts'
import { startDesktop } from './start-desktop.ts'

function fail(error: unknown): void {
  dialog.showErrorBox('Flightline did not start', describeFailure(error))
  app.exit(1)
}

sandboxEverything(app)
guardEveryPage(app)
registerScheme(protocol)
nameProgram(app, process.platform)
const requests = collectRequests(app)
// Two desktops on one folder would take each other's commands; the second hands over what it was asked and ends.
if (app.requestSingleInstanceLock()) {
  // Not awaited: Electron becomes ready only when this module has been evaluated, and would wait for itself for ever.
  const ready = app.whenReady()
  ready.then(() => startDesktop(requests)).catch(fail)
} else app.quit()
