import { CONNECT } from '../../shared/api/connect.ts'
import { createBrowserKeeper } from './browser-keeper.ts'
import type { CommandKeeper } from './command-keeper.ts'
import type { DesktopRoot } from './desktop-client.ts'
import { createDesktopKeeper } from './desktop-keeper.ts'
import { openDesktopPort } from './desktop-port.ts'
import { createPortTransport } from './message-port.ts'
import type { Transport } from './transport.ts'
import { createWebSocketTransport } from './websocket.ts'

/** What differs between a browser and the desktop. */
export interface Host {
  readonly transport: Transport
  readonly keeper: CommandKeeper
  /** The program around the page; a browser has none. */
  readonly desktop?: DesktopRoot
}

/** A backend serves the page in a folder named `console`; Electron serves it at the root of its own scheme. */
export function isServedByBackend(page: string): boolean {
  return /^https?:/.test(page) && /\/console\/(index\.html)?$/.test(new URL(page).pathname)
}

/** The host of this page. */
export function chooseHost(host: Window & typeof globalThis): Host {
  return isServedByBackend(host.location.href) ? browserHost(host) : desktopHost(host)
}

function browserHost(host: Window & typeof globalThis): Host {
  return {
    transport: createWebSocketTransport({
      page: host.location.href,
      fetch: host.fetch.bind(host),
      openSocket: (url) => new host.WebSocket(url),
    }),
    keeper: createBrowserKeeper({
      storage: host.localStorage,
      locks: host.navigator.locks,
      page: host.crypto.randomUUID(),
    }),
  }
}

function desktopHost(host: Window & typeof globalThis): Host {
  const handOver = (port: MessagePort) => host.postMessage(CONNECT, host.location.origin, [port])
  const desktop = openDesktopPort(handOver)
  return { transport: createPortTransport({ handOver }), keeper: createDesktopKeeper(desktop.desktop), desktop }
}
