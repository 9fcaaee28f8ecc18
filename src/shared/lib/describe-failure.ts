import { type FlightlineError, isFlightlineError } from './errors.ts'

/** A cause that a person can act on is told in one line; only a defect shows its stack. */
export function describeFailure(error: unknown): string {
  if (isFlightlineError(error)) return `${error.code}: ${error.message}${nameProblem(error)}`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** What an engine or a driver called it, where the sentence does not say. */
function nameProblem({ message, details }: FlightlineError): string {
  const { problem } = details
  return typeof problem === 'string' && !message.includes(problem) ? ` (${problem})` : ''
}
