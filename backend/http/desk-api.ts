import { OpenAPIHandler } from '@orpc/openapi/fastify'
import type { ORPCError } from '@orpc/server'
import type { FastifyInstance } from 'fastify'
import { SESSION_COOKIE } from '../../src/shared/api/session-cookie.ts'
import type { DeskContext } from '../../src/shared/desk/parts.ts'
import type { DeskRouter } from '../../src/shared/desk/router.ts'
import { createConnection } from '../../src/shared/desk/sign-in.ts'
import { FlightlineError, isErrorCode } from '../../src/shared/lib/errors.ts'
import type { HttpParts } from './parts.ts'

/** Where integrators find the desk's contract. */
export const DESK_PREFIX = '/api/desk'

// The largest call holds an audience of 2,000 chosen flights.
const MAX_BODY = 256 * 1024

/** Signing in needs a cookie to be of use here, which `POST /api/session` sets. */
export function isForIntegrators({ path }: { readonly path: readonly string[] }): boolean {
  return !path.join('.').startsWith('session.sign')
}

/** The desk's contract as REST, for integrators: the same calls and errors, with the session of the cookie. */
export function registerDeskApi(app: FastifyInstance, parts: HttpParts, router: DeskRouter): void {
  const handler = new OpenAPIHandler<DeskContext>(router, {
    filter: isForIntegrators,
    customErrorResponseBodyEncoder: toShape,
  })
  app.all(`${DESK_PREFIX}/*`, { bodyLimit: MAX_BODY, schema: { hide: true } }, async (request, reply) => {
    void reply.header('cache-control', 'no-store')
    const connection = createConnection(parts, request.cookies[SESSION_COOKIE])
    const { matched } = await handler.handle(request, reply, { prefix: DESK_PREFIX, context: { connection } })
    return matched ? reply : reply.callNotFound()
  })
}

/** What the library itself refuses has no code of ours; there is nothing that it refuses but the request. */
function toShape(error: ORPCError<string, unknown>): unknown {
  if (!isErrorCode(error.code)) return new FlightlineError('FL_BAD_REQUEST', { problems: [error.message] }).toShape()
  const { code, message, data } = error
  return typeof data === 'object' && data && Object.keys(data).length > 0
    ? { code, message, details: data }
    : { code, message }
}
