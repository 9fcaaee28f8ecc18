import { readFollow, readTicks } from './read-ticks.ts'

/** What is used of Bun, whose types would be in the way of Node's. */
interface BunSocket {
  subscribe(topic: string): void
  send(text: string): number
}

interface BunServer {
  upgrade(request: Request): boolean
  publish(topic: string, text: string): number
}

declare const Bun: {
  serve(options: {
    readonly port: number
    readonly hostname: string
    readonly fetch: (request: Request, server: BunServer) => Response | undefined
    readonly websocket: {
      readonly perMessageDeflate: boolean
      readonly message: (socket: BunSocket, data: string) => void
    }
  }): BunServer
}

// Bun's server with its own publish and subscribe, which gathers what is published in one turn of its loop.
const [audience = '', port = ''] = process.argv.slice(2)
const server = Bun.serve({
  port: Number(port),
  hostname: '127.0.0.1',
  fetch: (request, running) => (running.upgrade(request) ? undefined : new Response('no WebSocket', { status: 400 })),
  websocket: {
    perMessageDeflate: false,
    message(socket, data) {
      const flights = readFollow(data.slice('follow '.length).split(','))
      for (const topic of flights.length === 0 ? ['all'] : flights) socket.subscribe(topic)
      socket.send('ok')
    },
  },
})
console.log('listening')
readTicks((messages) => {
  for (const { flight, text } of messages) server.publish(audience === 'all' ? 'all' : flight, text)
})
