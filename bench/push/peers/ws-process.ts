import { createServer, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import { type Message, readFollow, readTicks } from './read-ticks.ts'

// Servers as one writes them with `ws`. `naive`: JSON.stringify and send for each client, as its documentation shows.
// `shared`: one frame for all, as its FAQ and issues suggest. `batched`: that, and all of one tick in one write.
const [way = '', port = ''] = process.argv.slice(2)

interface Client {
  readonly socket: WebSocket
  readonly transport: Duplex
}

const all = new Set<Client>()
const byFlight = new Map<string, Set<Client>>()
const NOBODY: ReadonlySet<Client> = new Set()

const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, clientTracking: false })
const http = createServer()
http.on('upgrade', (request: IncomingMessage, transport, head) => {
  server.handleUpgrade(request, transport, head, (socket) => open({ socket, transport }))
})
http.listen({ port: Number(port), host: '127.0.0.1', backlog: 4096 }, () => console.log('listening'))

const deliveries: Readonly<Record<string, (messages: readonly Message[]) => void>> = {
  naive: sendEach,
  shared: writeEach,
  batched: writeTogether,
}
const deliver = deliveries[way]
if (!deliver) throw new Error(`no such way: ${way}`)
readTicks(deliver)

function open(client: Client): void {
  client.socket.on('message', (data) => {
    const flights = readFollow(String(data).slice('follow '.length).split(','))
    if (flights.length === 0) all.add(client)
    for (const flight of flights) byFlight.set(flight, (byFlight.get(flight) ?? new Set()).add(client))
    client.socket.send('ok')
  })
  client.socket.on('close', () => {
    all.delete(client)
    for (const clients of byFlight.values()) clients.delete(client)
  })
}

function sendEach(messages: readonly Message[]): void {
  for (const { flight, text } of messages) {
    const message: unknown = JSON.parse(text)
    for (const { socket } of all) if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
    for (const { socket } of byFlight.get(flight) ?? NOBODY) socket.send(JSON.stringify(message))
  }
}

function writeEach(messages: readonly Message[]): void {
  for (const { flight, text } of messages) {
    const frame = encode(text)
    for (const { transport } of all) transport.write(frame)
    for (const { transport } of byFlight.get(flight) ?? NOBODY) transport.write(frame)
  }
}

function writeTogether(messages: readonly Message[]): void {
  const frames = messages.map(({ text }) => encode(text))
  const together = Buffer.concat(frames)
  for (const { transport } of all) transport.write(together)
  for (const [at, { flight }] of messages.entries()) {
    const frame = frames[at]
    if (!frame) continue
    for (const { transport } of byFlight.get(flight) ?? NOBODY) transport.write(frame)
  }
}

function encode(text: string): Buffer {
  const data = Buffer.from(text)
  const length = data.length
  const header = length < 126 ? Buffer.from([0x81, length]) : Buffer.from([0x81, 126, length >> 8, length & 255])
  return Buffer.concat([header, data])
}
