import { BrowserWindow } from 'electron'
import { lockNavigation } from '../security/navigation.ts'
import { denyNewWindows } from '../security/new-windows.ts'
import { CONSOLE_ORIGIN } from '../security/protocol.ts'

/** Opens a console window. The one place where windows are made, so that none can be made less safe. */
export async function openConsoleWindow(preload: string): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'Flightline',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  })
  denyNewWindows(window.webContents)
  lockNavigation(window.webContents)
  window.once('ready-to-show', () => window.show())
  await window.loadURL(`${CONSOLE_ORIGIN}/`)
  return window
}
