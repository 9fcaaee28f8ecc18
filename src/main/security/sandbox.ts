import type { App } from 'electron'

/** Puts every page into the system's sandbox, whatever its window says (Electron security list, 4). Before the app is ready. */
export function sandboxEverything(app: Pick<App, 'enableSandbox'>): void {
  app.enableSandbox()
}
