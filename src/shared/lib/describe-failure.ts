import { isFlightlineError } from './errors.ts'

/** A cause that a person can act on is told in one line; only a defect shows its stack. */
export function describeFailure(error: unknown): string {
  if (isFlightlineError(error)) return `${error.code}: ${error.message}`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
