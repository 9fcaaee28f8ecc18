import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { isOwnOrigin } from '../../src/node/web/own-origin.ts'
import { FlightlineError } from '../../src/shared/lib/errors.ts'
import { clientAddress } from './client-address.ts'
import type { Load } from './load.ts'
import type { PushLimits, PushSettings } from './parts.ts'
import { createUpgradeQueue, type Turn } from './upgrade-queue.ts'

/** Decides who may open a socket, and when. */
export interface Admission {
  /**
   * Waits for the turn of this handshake.
   * @returns why there is none, or `undefined`
   */
  findRefusal(request: IncomingMessage): Promise<FlightlineError | undefined>
  /** Why nobody is let in any more, once that is so. */
  findEnd(): FlightlineError | undefined
  /** Handshakes that wait for their turn. */
  waiting(): number
  /** Turns away who waits, and who comes from now on. */
  close(): void
}

/** What decides. */
export interface AdmissionParts {
  readonly settings: PushSettings
  readonly limits: PushLimits
  readonly load: Pick<Load, 'isLate' | 'isFull'>
}

// Clients that were all turned away at once must not all come back at once. Seconds.
const RETRY_SPREAD = 5

// Memory comes back when sockets leave, which takes longer.
const RETRY_WHEN_BUSY = 5
const BUSY_SPREAD = 20

/**
 * Makes the rules of admission: own origin, handshakes per address and second rather than open sockets, memory. Who
 * passes them may have to wait: a storm is let in at a pace, not refused.
 */
export function createAdmission({ settings, limits, load }: AdmissionParts): Admission {
  const handshakes = new RateLimiterMemory({ points: limits.handshakesPerSecond, duration: 1 })
  const queue = createUpgradeQueue(limits, load.isLate)
  let isClosed = false
  return {
    async findRefusal(request) {
      const { origin, host } = request.headers
      if (!isOwnOrigin(origin, host, settings.publicUrl)) return new FlightlineError('FL_ORIGIN_FOREIGN')
      const address = clientAddress(request, settings.trustProxy)
      try {
        await handshakes.consume(address)
      } catch {
        return new FlightlineError('FL_RATE_LIMITED', { seconds: jitter(1, RETRY_SPREAD) })
      }
      if (load.isFull()) return toRefusal('full')
      const turn = await queue.enter(address, () => hasLeft(request.socket))
      // Those who were let in before it may have filled the memory meanwhile.
      return toRefusal(turn === 'now' && load.isFull() ? 'full' : turn)
    },
    findEnd: () => (isClosed ? toRefusal('closing') : undefined),
    waiting: queue.count,
    close() {
      isClosed = true
      queue.close()
    },
  }
}

/** Whether the client is gone. One that says goodbye has ended its half of the connection, and ours stays open. */
export function hasLeft(socket: Pick<Duplex, 'readable'>): boolean {
  return !socket.readable
}

function toRefusal(turn: Turn): FlightlineError | undefined {
  if (turn === 'now') return undefined
  if (turn === 'closing') return new FlightlineError('FL_SHUTTING_DOWN', { seconds: jitter(1, RETRY_SPREAD) })
  return new FlightlineError('FL_SERVER_BUSY', { seconds: jitter(RETRY_WHEN_BUSY, BUSY_SPREAD) })
}

function jitter(least: number, spread: number): number {
  return least + Math.floor(Math.random() * spread)
}
