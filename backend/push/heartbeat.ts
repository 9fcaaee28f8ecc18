import { type Client, closeClient } from './client.ts'
import type { Gateway } from './gateway.ts'
import { waitingBytes } from './link.ts'
import { pingFrame } from './websocket-frame.ts'

/** Into how many groups the sockets are divided, so that they are not all pinged in the same moment. */
export function countSlots({ heartbeat, sweep }: Gateway['limits']): number {
  return Math.max(1, Math.round(heartbeat / sweep))
}

/** Looks after every socket: pings those whose turn it is, ends the dead and those that take nothing any more. */
export function sweepClients(gateway: Gateway, turn: number): void {
  const { limits, clients, silence, delivery, backlog } = gateway
  const now = performance.now()
  const slot = turn % countSlots(limits)
  silence.sweep(now)
  for (const client of clients) {
    if (client.link.isBehind) endIfSlow(gateway, client, now)
    else client.link.progressAt = now
    if (now - client.seenAt > limits.deadAfter) endDead(client)
  }
  // Who is behind gives other signs of life, or is closed for it.
  const ping = { bytes: pingFrame, count: 0, place: backlog.end() }
  delivery.toEach(clients, ping, (client) => client.slot === slot && !client.link.isBehind)
  backlog.trim()
}

function endIfSlow({ limits, backlog }: Gateway, client: Client, now: number): void {
  const { link } = client
  const hasStalled = now - link.progressAt > limits.stalledAfter
  // What waits for one is at most what is kept for all: it is counted only where that is too much.
  const mayWaitForTooMuch = link.queuedBytes + backlog.bytes() > limits.queueBytes
  if (hasStalled || (mayWaitForTooMuch && waitingBytes(link) > limits.queueBytes)) closeClient(client, 'slow')
}

/** No closing handshake: there is nobody to answer. */
function endDead(client: Client): void {
  client.closeReason ??= 'dead'
  client.socket.terminate()
}
