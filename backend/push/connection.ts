import type { Duplex } from 'node:stream'
import { formatInstant } from '../../src/shared/events/instant-schema.ts'
import { type Client, type CloseReason, createClient, takeToken } from './client.ts'
import { handleMessage } from './client-frames.ts'
import { encodeFrame } from './frames.ts'
import type { Gateway } from './gateway.ts'
import { noteLife } from './heartbeat.ts'
import { abandon, flush, send, sendPong } from './link.ts'
import { countClosed } from './push-metrics.ts'
import type { PushSocket } from './push-socket.ts'
import { encodePongFrame } from './websocket-frame.ts'

/**
 * Takes over a socket after its handshake. What it receives is read by `ws`; what we send is written to the transport
 * itself, as finished frames that many sockets share.
 */
export function openConnection(gateway: Gateway, socket: PushSocket, transport: Duplex): void {
  const { limits, totals, backlog, clients, rota } = gateway
  const slot = rota.anySlot()
  const client = createClient({ socket, transport, totals, backlog, limits, now: performance.now(), slot })
  clients.add(client)
  rota.join(client)
  gateway.silence.begin(client, client.seenAt)
  listen(gateway, client, transport)
  greet(gateway, client)
}

function greet({ parts, limits }: Gateway, client: Client): void {
  const { clock, board } = parts
  // A day that is played as fast as possible has no rate that JSON could hold.
  const rate = Number.isFinite(clock.rate) ? clock.rate : 0
  send(
    client.link,
    encodeFrame({
      op: 'hello',
      epoch: board.position().epoch,
      heartbeat: limits.heartbeat / 1000,
      clock: { now: formatInstant(clock.operational()), rate },
    }),
  )
}

function listen(gateway: Gateway, client: Client, transport: Duplex): void {
  const { socket, link } = client
  const seen = () => noteLife(gateway, client)
  const endSoon = createEnd(socket, gateway.limits.closing)
  transport.on('drain', () => {
    seen()
    flush(link, client.seenAt)
  })
  socket.on('pong', seen)
  socket.on('ping', (payload) => {
    seen()
    if (takeToken(client, gateway.limits, client.seenAt)) sendPong(link, encodePongFrame(payload))
  })
  socket.on('message', (data, isBinary) => {
    seen()
    if (socket.readyState !== socket.OPEN) return endSoon()
    gateway.silence.end(client)
    handleMessage(gateway, client, isBinary || !Buffer.isBuffer(data) ? undefined : data.toString())
  })
  socket.on('error', (error) => {
    client.closeReason ??= reasonOf(error)
    endSoon()
  })
  socket.on('close', () => {
    abandon(link)
    gateway.clients.delete(client)
    gateway.rota.leave(client)
    gateway.followers.remove(client)
    gateway.silence.end(client)
    countClosed(gateway.metrics, client.closeReason ?? 'client')
  })
}

/** For who goes on sending after our close frame: it may be on its way still, but is not waited for as of others. */
function createEnd(socket: PushSocket, patience: number): () => void {
  let isEnding = false
  return () => {
    if (!isEnding) setTimeout(() => socket.terminate(), patience).unref()
    isEnding = true
  }
}

function reasonOf(error: Error): CloseReason {
  const code = 'code' in error ? error.code : undefined
  if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') return 'too-large'
  return typeof code === 'string' && code.startsWith('WS_ERR') ? 'invalid' : 'error'
}
