import type { IncomingMessage } from 'node:http'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { isOwnOrigin } from '../../src/node/web/own-origin.ts'
import { FlightlineError } from '../../src/shared/lib/errors.ts'
import { clientAddress } from './client-address.ts'
import type { PushLimits, PushSettings } from './parts.ts'

/** Decides who may open a socket. */
export interface Admission {
  /** @returns why not, or `undefined` */
  findRefusal(request: IncomingMessage): Promise<FlightlineError | undefined>
}

// Clients that were all turned away at once must not all come back at once. Seconds.
const RETRY_SPREAD = 5

/** Makes the rules of admission: own origin, and handshakes per address and second rather than open sockets. */
export function createAdmission(settings: PushSettings, limits: PushLimits): Admission {
  const handshakes = new RateLimiterMemory({ points: limits.handshakesPerSecond, duration: 1 })
  return {
    async findRefusal(request) {
      const { origin, host } = request.headers
      if (!isOwnOrigin(origin, host, settings.publicUrl)) return new FlightlineError('FL_ORIGIN_FOREIGN')
      try {
        await handshakes.consume(clientAddress(request, settings.trustProxy))
        return undefined
      } catch {
        return new FlightlineError('FL_RATE_LIMITED', { seconds: 1 + Math.floor(Math.random() * RETRY_SPREAD) })
      }
    },
  }
}
