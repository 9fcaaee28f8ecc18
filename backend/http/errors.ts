import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { refuseUpgrade } from '../../src/node/web/refuse-upgrade.ts'
import { FlightlineError } from '../../src/shared/lib/errors.ts'
import type { HttpParts } from './parts.ts'

type ErrorParts = Pick<HttpParts, 'logger' | 'tokens'>

/** Gives every error the one shape, whatever threw it; an unknown one shows only its code and an id. */
export function registerErrors(app: FastifyInstance, parts: ErrorParts): void {
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(parts, { error, request, reply }))
  app.setNotFoundHandler((request: FastifyRequest, reply) =>
    sendError(reply, new FlightlineError('FL_NOT_FOUND', { path: pathOf(request.raw) })),
  )
}

/** An error on its way to the client. */
export interface FailedRequest {
  readonly error: FastifyError
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** Answers one failed request; also what fastify itself refuses before any route is found. */
export function answerError(parts: ErrorParts, { error, request, reply }: FailedRequest): FastifyReply {
  const known = toFlightlineError(error, request)
  if (known) return sendError(reply, known)
  const errorId = parts.tokens.id()
  parts.logger.error({ errorId, route: request.routeOptions.url, err: error }, 'request failed')
  return sendError(reply, new FlightlineError('FL_INTERNAL', { errorId }))
}

/** Answers what is not even HTTP, is too long or comes too slowly: there is no request yet, only a socket. */
export function answerBrokenRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  refuseUpgrade(socket, brokenRequests[error.code ?? ''] ?? malformed('not HTTP'))
}

const brokenRequests: Readonly<Record<string, FlightlineError>> = {
  HPE_HEADER_OVERFLOW: new FlightlineError('FL_HEADERS_TOO_LARGE'),
  ERR_HTTP_REQUEST_TIMEOUT: new FlightlineError('FL_REQUEST_SLOW'),
}

function sendError(reply: FastifyReply, error: FlightlineError): FastifyReply {
  return reply.code(error.status).header('cache-control', 'no-store').type('application/json').send(error.toShape())
}

function toFlightlineError(error: FastifyError, request: FastifyRequest): FlightlineError | undefined {
  if (error instanceof FlightlineError) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    const problems = error.validation.map(
      (issue) => `${issue.instancePath.replace(/^\//, '').replaceAll('/', '.') || 'request'}: ${issue.message}`,
    )
    return new FlightlineError('FL_BAD_REQUEST', { problems: problems.slice(0, 5) })
  }
  return isOfFastify(error) ? translateRefusal(error, request) : undefined
}

/** Fastify's own refusals say in their code what is wrong. */
function translateRefusal(error: FastifyError, request: FastifyRequest): FlightlineError {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new FlightlineError('FL_BODY_TOO_LARGE', { limit: request.routeOptions.bodyLimit })
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new FlightlineError('FL_MEDIA_UNSUPPORTED')
    default:
      return malformed(error.message.slice(0, 200))
  }
}

function isOfFastify({ statusCode = 500 }: FastifyError): boolean {
  return statusCode >= 400 && statusCode < 500
}

function malformed(problem: string): FlightlineError {
  return new FlightlineError('FL_BAD_REQUEST', { problems: [problem] })
}

function pathOf({ url = '' }: IncomingMessage): string {
  return (url.split('?')[0] ?? '').slice(0, 200)
}
