import { CONNECT } from '../../shared/api/connect.ts'
import { createPortTransport } from './message-port.ts'
import type { Transport } from './transport.ts'
import { createWebSocketTransport } from './websocket.ts'

/** A backend serves the page in a folder named `console`; Electron serves it at the root of its own scheme. */
export function isServedByBackend(page: string): boolean {
  return /^https?:/.test(page) && /\/console\/(index\.html)?$/.test(new URL(page).pathname)
}

/** The transport that fits the host of this page. */
export function chooseTransport(host: Window & typeof globalThis): Transport {
  const page = host.location.href
  if (isServedByBackend(page)) {
    return createWebSocketTransport({
      page,
      fetch: host.fetch.bind(host),
      openSocket: (url) => new host.WebSocket(url),
    })
  }
  return createPortTransport({ handOver: (port) => host.postMessage(CONNECT, host.location.origin, [port]) })
}
