import type { Duplex } from 'node:stream'
import type { DepartureId } from '../../src/shared/domain/departure-id.ts'
import type { Backlog, Place } from './backlog.ts'
import { abandon, createLink, isTold, type Link, type LinkTotals, unclear } from './link.ts'
import type { PushLimits } from './parts.ts'
import { beforeDestroyed, type PushSocket } from './push-socket.ts'

/** Why a socket ended, as it is counted. */
export type CloseReason = 'client' | 'dead' | 'error' | 'invalid' | 'shutdown' | 'silent' | 'slow' | 'too-large'

/** One socket and what it follows. */
export interface Client {
  readonly socket: PushSocket
  readonly link: Link
  /** It agreed to compressed messages in its handshake. */
  readonly takesCompressed: boolean
  readonly flights: Set<DepartureId>
  followsAll: boolean
  /** Where in the backlog that began; what was told of other flights before is in the snapshot that answered. */
  allFrom: Place
  /** Frames of the present tick that are for it; counted and forgotten again within the tick. */
  due: number
  /** Set while a `follow all` waits for the log; another value, or none, means that it was overtaken. */
  pendingAll: symbol | undefined
  /** Flights that were asked for and wait for the log, each with the revision that the client has. */
  readonly pendingFlights: Set<Map<DepartureId, number>>
  /** Answers that wait for the log. */
  waits: number
  violations: number
  /** Frames it may still send; refilled with time. */
  tokens: number
  refilledAt: number
  /** When it last gave a sign of life. */
  seenAt: number
  /** In which second of the heartbeat it is pinged. */
  readonly slot: number
  closeReason: CloseReason | undefined
}

/** What a client is made from. */
export interface ClientParts {
  readonly socket: PushSocket
  readonly transport: Duplex
  readonly totals: LinkTotals
  readonly backlog: Backlog<Link>
  readonly limits: PushLimits
  readonly now: number
  readonly slot: number
}

const CLOSE_CODES = { invalid: 1008, shutdown: 1001, silent: 1008, slow: 1013 } as const

/** Makes the record of a socket that was just opened. */
export function createClient({ socket, transport, totals, backlog, limits, now, slot }: ClientParts): Client {
  const client: Client = {
    socket,
    takesCompressed: socket.extensions !== '',
    link: createLink({
      transport,
      isOpen: () => socket.readyState === socket.OPEN,
      wants: ({ id }, place) => wasFollowing(client, id, place) && !isTold(client.link, id, place),
      backlog,
      totals,
      queueBytes: limits.queueBytes,
      giveUp: () => closeClient(client, 'slow'),
    }),
    flights: new Set(),
    followsAll: false,
    allFrom: 0,
    due: 0,
    pendingAll: undefined,
    pendingFlights: new Set(),
    waits: 0,
    violations: 0,
    tokens: limits.frameBurst,
    refilledAt: now,
    seenAt: now,
    slot,
    closeReason: undefined,
  }
  socket.beforeClosing = () => abandon(client.link)
  beforeDestroyed(transport, () => unclear(client.link))
  return client
}

/** Whether it followed a flight when something was told of it that waits at a place. */
function wasFollowing({ followsAll, allFrom, flights }: Client, id: DepartureId, place: Place): boolean {
  return (followsAll && place > allFrom) || flights.has(id)
}

/** Ends a socket with the code for the reason. What waits is given up: the client reads the present on reconnect. */
export function closeClient(client: Client, reason: keyof typeof CLOSE_CODES): void {
  if (client.socket.readyState !== client.socket.OPEN) return
  client.closeReason ??= reason
  client.socket.close(CLOSE_CODES[reason], reason)
}

/** Takes the right to send one frame. @returns whether there was one */
export function takeToken(client: Client, limits: PushLimits, now: number): boolean {
  const gained = ((now - client.refilledAt) / 1000) * limits.framesPerSecond
  client.tokens = Math.min(limits.frameBurst, client.tokens + gained)
  client.refilledAt = now
  if (client.tokens < 1) return false
  client.tokens -= 1
  return true
}
