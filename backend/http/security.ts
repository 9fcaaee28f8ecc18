import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import { networkOf } from '../../src/node/web/network-of.ts'
import { FlightlineError } from '../../src/shared/lib/errors.ts'
import type { HttpSettings } from './parts.ts'

/** Headers and limits that hold for every answer. */
export async function registerSecurity(app: FastifyInstance, { publicUrl }: HttpSettings): Promise<void> {
  const isSecure = publicUrl.startsWith('https:')
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives },
    strictTransportSecurity: isSecure,
    referrerPolicy: { policy: 'no-referrer' },
  })
  await app.register(rateLimit, {
    global: true,
    // A whole airport may sit behind one address, so this only stops a runaway program.
    max: 3000,
    timeWindow: '1 minute',
    keyGenerator: ({ ip }) => networkOf(ip),
    errorResponseBuilder: (_request, { ttl }) =>
      new FlightlineError('FL_RATE_LIMITED', { seconds: Math.ceil(ttl / 1000) }),
  })
}

const directives = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  // The console's component library sets style attributes; styles cannot run code.
  styleSrc: ["'self'", "'unsafe-inline'"],
  fontSrc: ["'self'", 'data:'],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
}
