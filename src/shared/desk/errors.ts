import { ORPCError, ValidationError } from '@orpc/server'
import { FlightlineError } from '../lib/errors.ts'

/**
 * Turns whatever a handler threw into the error that crosses the wire: ours with its code, status and details; bad
 * input as `FL_BAD_REQUEST` naming the fields; anything else as `FL_INTERNAL` with an id and nothing more.
 */
export function translateError(error: unknown, createId: () => string): ORPCError<string, unknown> {
  if (error instanceof FlightlineError) return toWire(error)
  if (error instanceof ORPCError && error.cause instanceof ValidationError) {
    const problems = error.cause.issues.map((issue) => `${(issue.path ?? []).join('.')}: ${issue.message}`)
    return toWire(new FlightlineError('FL_BAD_REQUEST', { problems: problems.slice(0, 5) }, { cause: error }))
  }
  return toWire(new FlightlineError('FL_INTERNAL', { errorId: createId() }, { cause: error }))
}

function toWire(error: FlightlineError): ORPCError<string, unknown> {
  return new ORPCError(error.code, {
    status: error.status,
    message: error.message,
    data: error.details,
    cause: error.cause,
  })
}
