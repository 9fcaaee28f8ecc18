import type { FastifyInstance } from 'fastify'
import { FlightlineError } from '../../src/shared/lib/errors.ts'

const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a browser page of this origin may speak to us. Programs that are no browsers send none; a page served under
 * the name by which it was asked for is ours too, which lets one server be reached by several names.
 */
export function isOwnOrigin(origin: string | undefined, host: string | undefined, publicUrl: string): boolean {
  if (origin === undefined) return true
  const parsed = URL.parse(origin)
  if (!parsed || parsed.origin === 'null') return false
  return parsed.origin === new URL(publicUrl).origin || (host !== undefined && parsed.host === host)
}

/** Refuses what another site's page sends: together with the strict cookie this leaves nothing to forge. */
export function registerOriginCheck(app: FastifyInstance, publicUrl: string): void {
  app.addHook('onRequest', async (request) => {
    if (safe.has(request.method)) return
    if (!isOwnOrigin(request.headers.origin, request.headers.host, publicUrl)) {
      throw new FlightlineError('FL_ORIGIN_FOREIGN')
    }
  })
}
