import type { FastifyInstance } from 'fastify'
import { isOwnOrigin } from '../../src/node/web/own-origin.ts'
import { FlightlineError } from '../../src/shared/lib/errors.ts'

const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Refuses what another site's page sends: together with the strict cookie this leaves nothing to forge. */
export function registerOriginCheck(app: FastifyInstance, publicUrl: string): void {
  app.addHook('onRequest', async (request) => {
    if (safe.has(request.method)) return
    if (!isOwnOrigin(request.headers.origin, request.headers.host, publicUrl)) {
      throw new FlightlineError('FL_ORIGIN_FOREIGN')
    }
  })
}
