import { connect, createServer, type Socket } from 'node:net'
import { eventually } from '../fixtures/eventually.ts'

/** A socket as Node accepts it, and its other side. */
export interface SocketPair {
  readonly ours: Socket
  readonly theirs: Socket
}

/** Opens real sockets, one pair at a time. */
export interface SocketPairs extends AsyncDisposable {
  accept(): Promise<SocketPair>
}

/** Listens on a port of its own until disposed, which ends its sockets as well. */
export async function openSocketPairs(): Promise<SocketPairs> {
  const accepted: Socket[] = []
  const all: Socket[] = []
  const ignore = () => undefined
  const server = createServer((socket) => accepted.push(socket.on('error', ignore)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('the server has no port')
  return {
    async accept() {
      const count = accepted.length
      const theirs = connect(address.port, '127.0.0.1').on('error', ignore)
      await eventually(() => accepted.length > count)
      const ours = accepted[count] ?? theirs
      all.push(ours, theirs)
      return { ours, theirs }
    },
    async [Symbol.asyncDispose]() {
      for (const socket of all) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Node's own descriptor of a socket, as the gateway reads it; `NaN` where it has none. */
export function descriptorNumber(socket: Socket): number {
  const handle: unknown = Reflect.get(socket, '_handle')
  return Number(Reflect.get(Object(handle), 'fd'))
}
