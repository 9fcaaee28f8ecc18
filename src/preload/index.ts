import { ipcRenderer } from 'electron'
import { CONNECT } from '../shared/api/connect.ts'

// The page makes the channel and keeps one end; the other goes to main. Nothing of Electron becomes visible to the page.
window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source !== window || event.data !== CONNECT) return
  const [port] = event.ports
  if (port) ipcRenderer.postMessage(CONNECT, null, [port])
})
