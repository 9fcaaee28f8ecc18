import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ConsoleClient } from './console-client.ts'
import { toRequestFailure } from './request-failure.ts'
import { ConnectError, type Connection, type Transport } from './transport.ts'

/** How a port reaches the other side. */
export interface PortTransportParts {
  /** Hands one end of a fresh channel to Electron's main process, by way of the preload script. */
  readonly handOver: (port: MessagePort) => void
  /** Milliseconds to wait for a first answer. */
  readonly patience?: number
}

const PATIENCE = 8_000

/**
 * The transport of the desktop. The session belongs to the desktop, which keeps it over reloads; a connection that is
 * open is used by sign-in and by the {@link Transport.connect} that follows it.
 */
export function createPortTransport(parts: PortTransportParts): Transport {
  let current: Connection | undefined

  async function take(): Promise<Connection> {
    if (current) return current
    const opened = await open(parts)
    current = opened
    void opened.closed.then(() => {
      if (current === opened) current = undefined
    })
    return opened
  }

  return {
    connect: take,
    async signIn({ name, password }) {
      const { client } = await take()
      await client.session.signIn({ name, password }).catch(rethrow)
    },
    async signOut() {
      const { client } = await take()
      await client.session.signOut().catch(rethrow)
    },
  }
}

function rethrow(error: unknown): never {
  throw toRequestFailure(error)
}

async function open(parts: PortTransportParts): Promise<Connection> {
  const { port1: port, port2 } = new MessageChannel()
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  port.addEventListener('close', () => resolve())
  const client: ConsoleClient = createORPCClient(new RPCLink({ port }))
  port.start()
  parts.handOver(port2)
  const close = () => {
    port.close()
    // The side that closes a port gets no event of it.
    port.dispatchEvent(new Event('close'))
  }
  try {
    // A port is open at once whether anybody listens or not; only an answer shows that somebody does.
    await client.session.current(undefined, { signal: AbortSignal.timeout(parts.patience ?? PATIENCE) })
  } catch (cause) {
    close()
    // Whatever else main answers: the service behind it is not there now, and will be.
    throw new ConnectError(toRequestFailure(cause).kind === 'signed-out' ? 'signed-out' : 'unreachable', { cause })
  }
  return { client, closed, close }
}
