import { type ClientContext, type ClientLink, createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { DesktopRoot } from './desktop-client.ts'

type Link = ClientLink<ClientContext>

/**
 * Creates the client of everything that main serves. It lasts as long as the page: its port is apart from the feed's,
 * which comes and goes, and when it is closed the next call opens another.
 * @param handOver - hands one end of a fresh channel to Electron's main process
 */
export function openDesktopPort(handOver: (port: MessagePort) => void): DesktopRoot {
  let current: Link | undefined

  function open(): Link {
    const { port1: port, port2 } = new MessageChannel()
    const link = new RPCLink({ port })
    port.addEventListener('close', () => {
      if (current === link) current = undefined
    })
    port.start()
    handOver(port2)
    return link
  }

  const lasting: Link = {
    call(path, input, options) {
      current ??= open()
      return current.call(path, input, options)
    },
  }
  return createORPCClient(lasting)
}
