import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A network between a client and a server that can be made to swallow everything. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number
  /** From now on nothing passes and nothing is refused: what a lost cable or a frozen server looks like. */
  hang(): void
  /** What comes from now on passes again; connections that hung are cut, as a network finally does. */
  resume(): void
}

/** Starts one on 127.0.0.1 in front of a server. */
export async function startTcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let isHanging = false
  const server = createServer((client) => {
    const upstream = connect(target.port, target.host)
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from)
      from.on('data', (data) => {
        if (!isHanging) to.write(data)
      })
      from.on('error', () => to.destroy())
      from.on('close', () => {
        sockets.delete(from)
        if (!isHanging) to.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    // Reason for the cast: the address of a server that listens on a port is never a pipe's name.
    port: (server.address() as AddressInfo).port,
    hang() {
      isHanging = true
    },
    resume() {
      cut()
      isHanging = false
    },
    async [Symbol.asyncDispose]() {
      isHanging = false
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
