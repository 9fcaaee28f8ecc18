import type { WebContents } from 'electron'
import { isConsoleAddress } from './sender.ts'

/** Keeps a page, and every frame in it, on the console's own addresses (Electron security list, 13). */
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
}
