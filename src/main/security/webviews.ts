import type { WebContents } from 'electron'

/** No page holds another program's page (Electron security list, 11 and 12). */
export function denyWebviews(contents: Pick<WebContents, 'on'>): void {
  contents.on('will-attach-webview', (event) => event.preventDefault())
}
