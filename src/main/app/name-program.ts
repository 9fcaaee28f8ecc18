import type { App } from 'electron'

/** The `appId` of electron-builder.yml, by which the installed shortcut is known to Windows. */
const APP_ID = 'aero.flightline.console'

/**
 * Tells Windows whose windows and notifications these are. Without it they belong to no installed program: notifications
 * are not shown or not kept, and a pinned program gets a second place in the taskbar.
 */
export function nameProgram(app: Pick<App, 'isPackaged' | 'setAppUserModelId'>, platform: NodeJS.Platform): void {
  if (platform === 'win32' && app.isPackaged) app.setAppUserModelId(APP_ID)
}
