import type { WebPreferences } from 'electron'

/**
 * What every page may do (Electron security list, 2, 3, 4, 6, 8, 9, 10, 11): nothing of Node, a world and a process of its
 * own, the web's own rules. The one source of them; insecure content, experimental features and Blink features are never
 * named anywhere, so that they stay off.
 * @param preload - absolute path of the built preload script
 */
export function securePreferences(preload: string): Readonly<WebPreferences> {
  return Object.freeze({
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  })
}
