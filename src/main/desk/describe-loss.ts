import { isFlightlineError } from '../../shared/lib/errors.ts'

/** Why a link is lost, for a person: our own sentence with what the engine called it, never a driver's text. */
export function describeLoss(error: unknown): string {
  if (isFlightlineError(error)) {
    const { problem } = error.details
    return typeof problem === 'string' && !error.message.includes(problem)
      ? `${error.message} (${problem})`
      : error.message
  }
  return 'It could not be opened; the log of this desk says why.'
}
