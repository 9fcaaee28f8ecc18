import type { WebContents } from 'electron'
import { isConsoleAddress } from './sender.ts'

/** Keeps a window on the console's own pages (Electron security list, 13). */
export function lockNavigation(contents: Pick<WebContents, 'on'>): void {
  contents.on('will-navigate', (event) => {
    if (!isConsoleAddress(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isConsoleAddress(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!isConsoleAddress(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
}
