import { appState, recorded } from './app.ts'
import { shown } from './desktop-items.ts'
import { unanswered } from './request.ts'
import { plugDisplays } from './screen.ts'
import { strict } from './strict.ts'

/** What `import … from 'electron'` gives. A name that is missing here fails the import, as it should. */
export { BrowserWindow } from './browser-window.ts'
export {
  autoUpdater,
  crashReporter,
  dialog,
  Notification,
  nativeImage,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  shell,
  Tray,
} from './desktop-items.ts'
export { ipcMain } from './ipc-main.ts'
export { Menu, MenuItem } from './menu.ts'
export { protocol } from './protocol.ts'
export { safeStorage } from './safe-storage.ts'
export { screen } from './screen.ts'
export { session } from './session.ts'
export { utilityProcess } from './utility-process.ts'
export { webContents } from './web-contents.ts'

export const { app } = appState

/** For tests only, and absent from the real module: what the program asked of the system, and the system's part. */
export const standIn = strict('standIn', { ...shown, recorded, unanswered, plugDisplays })
