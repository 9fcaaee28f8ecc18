import type { Client } from './client.ts'
import type { Gateway } from './gateway.ts'
import { type Link, settleMissed, waitingBytes } from './link.ts'
import { pingFrame } from './websocket-frame.ts'

/** A client gave a sign of life. */
export function noteLife({ clients }: Pick<Gateway, 'clients'>, client: Client): void {
  client.seenAt = performance.now()
  // To the end of the order, unless it is gone.
  if (clients.delete(client)) clients.add(client)
}

/**
 * Looks after the sockets: pings those whose turn it is, ends the dead and those that take nothing any more. Of the others,
 * who are nearly all, none is looked at.
 */
export function sweepClients(gateway: Gateway): void {
  const { limits, clients, silence, delivery, backlog, rota } = gateway
  const now = performance.now()
  silence.sweep(now)
  for (const client of clients) {
    if (now - client.seenAt <= limits.deadAfter) break
    endDead(client)
  }
  for (const link of backlog.readers) endIfSlow(gateway, link, now)
  // Who is behind gives other signs of life, or is closed for it.
  const ping = { bytes: pingFrame, count: 0, place: backlog.end() }
  const due = rota.next()
  for (const { link } of due) if (link.isBehind) settleMissed(link)
  delivery.toEach(due, ping, ({ link }) => !link.isBehind)
  backlog.trim()
}

function endIfSlow({ limits, backlog }: Gateway, link: Link, now: number): void {
  const hasStalled = now - link.progressAt > limits.stalledAfter
  // What waits for one is at most what is kept for all: it is counted only where that is too much.
  const mayWaitForTooMuch = link.queuedBytes + backlog.bytes() > limits.queueBytes
  if (hasStalled || (mayWaitForTooMuch && waitingBytes(link) > limits.queueBytes)) link.parts.giveUp()
}

/** No closing handshake: there is nobody to answer. */
function endDead(client: Client): void {
  client.closeReason ??= 'dead'
  client.socket.terminate()
}
