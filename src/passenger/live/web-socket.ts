import type { LiveSocket, SocketHandlers } from './live-parts.ts'

/** Opens the browser's socket to `/ws` of the server that the page came from. */
export function openWebSocket(page: string, handlers: SocketHandlers): LiveSocket {
  const url = new URL('/ws', page)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new WebSocket(url)
  socket.addEventListener('message', ({ data }) => handlers.message(String(data)))
  // An error is always followed by a close, which is what the page acts on.
  socket.addEventListener('close', ({ code }) => handlers.closed(code))
  return {
    send: (text) => socket.send(text),
    close: () => socket.close(),
  }
}
