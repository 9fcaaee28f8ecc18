import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { FlightlineError } from '../../src/shared/lib/errors.ts'
import type { HttpParts } from './parts.ts'

/** Gives every error the one shape, whatever threw it; an unknown one shows only its code and an id. */
export function registerErrors(app: FastifyInstance, parts: Pick<HttpParts, 'logger' | 'tokens'>): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = toFlightlineError(error)
    if (known) return sendError(reply, known)
    const errorId = parts.tokens.id()
    parts.logger.error({ errorId, route: request.routeOptions.url, err: error }, 'request failed')
    return sendError(reply, new FlightlineError('FL_INTERNAL', { errorId }))
  })
  app.setNotFoundHandler((request: FastifyRequest, reply) =>
    sendError(reply, new FlightlineError('FL_NOT_FOUND', { path: request.url.split('?')[0]?.slice(0, 200) })),
  )
}

function sendError(reply: FastifyReply, error: FlightlineError): FastifyReply {
  return reply.code(error.status).header('cache-control', 'no-store').send(error.toShape())
}

function toFlightlineError(error: FastifyError): FlightlineError | undefined {
  if (error instanceof FlightlineError) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    const problems = error.validation.map(
      (issue) => `${issue.instancePath.replace(/^\//, '') || 'request'}: ${issue.message}`,
    )
    return new FlightlineError('FL_BAD_REQUEST', { problems: problems.slice(0, 5) })
  }
  // Fastify's own refusals (bad JSON, body too large, wrong media type) say in their code what is wrong.
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500) {
    return new FlightlineError('FL_BAD_REQUEST', { problems: [error.code ?? 'malformed'] })
  }
  return undefined
}
