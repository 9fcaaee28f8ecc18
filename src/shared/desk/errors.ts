import { ORPCError, ValidationError } from '@orpc/server'
import { FlightlineError } from '../lib/errors.ts'
import type { Log } from '../ports/log.ts'
import type { TokenMaker } from '../ports/secrets.ts'

/** What telling an unknown error needs: an id for the caller, a line with the same id for operations. */
export interface ErrorParts {
  readonly tokens: Pick<TokenMaker, 'id'>
  readonly logger: Log
}

/**
 * Turns whatever a handler threw into the error that crosses the wire: ours with its code, status and details; bad
 * input as `FL_BAD_REQUEST` naming the fields; anything else as `FL_INTERNAL` with an id and nothing more.
 */
export function translateError(error: unknown, parts: ErrorParts): ORPCError<string, unknown> {
  if (error instanceof FlightlineError) return toWire(error)
  const problems = findInputProblems(error)
  if (problems) return toWire(new FlightlineError('FL_BAD_REQUEST', { problems }, { cause: error }))
  const errorId = parts.tokens.id()
  parts.logger.error({ errorId, err: error }, 'a call of the desk failed')
  return toWire(new FlightlineError('FL_INTERNAL', { errorId }, { cause: error }))
}

/** Of a refused input only: an output that breaks the contract is our defect and must not be blamed on the caller. */
function findInputProblems(error: unknown): readonly string[] | undefined {
  if (!(error instanceof ORPCError) || error.status !== 400) return undefined
  if (!(error.cause instanceof ValidationError)) return [error.message]
  return error.cause.issues.slice(0, 5).map(({ path = [], message }) => {
    const field = path.map((step) => String(typeof step === 'object' ? step.key : step)).join('.')
    return `${field || 'input'}: ${message}`
  })
}

function toWire(error: FlightlineError): ORPCError<string, unknown> {
  return new ORPCError(error.code, {
    status: error.status,
    message: error.message,
    data: error.details,
    cause: error.cause,
  })
}
