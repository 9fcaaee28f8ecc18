import { createServer, type Server } from 'node:net'

/** Ports of 127.0.0.1 that were free a moment ago, all different. */
export async function freePorts(count: number): Promise<number[]> {
  return release(await Promise.all(Array.from({ length: count }, () => hold(0))))
}

/** The same, each following the one before it. */
export async function freePortsInARow(count: number): Promise<number[]> {
  for (;;) {
    const [first = 0] = await freePorts(1)
    const held = await Promise.allSettled(Array.from({ length: count }, (_, at) => hold(first + at)))
    const servers = held.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []))
    const ports = await release(servers)
    if (ports.length === count) return ports
  }
}

function hold(port: number): Promise<Server> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

/** @returns the ports that were held */
async function release(servers: readonly Server[]): Promise<number[]> {
  const ports = servers.map((server) => {
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  })
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
