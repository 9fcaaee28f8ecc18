import { type Instant, MINUTE } from './instant.ts'

/**
 * How long after a person acted their command may still be executed, in milliseconds. Long enough for an outage that
 * people wait out at their desks; short enough that nobody's gate is changed by what was decided for another situation.
 */
export const COMMAND_VALIDITY = 30 * MINUTE

/**
 * The last moment at which a command may be executed.
 * @param madeAt - when the person acted, by the service's wall clock
 */
export function validUntil(madeAt: Instant): Instant {
  return madeAt + COMMAND_VALIDITY
}

/** Whether a command comes too late. Its last moment itself is still in time, here and at the desk service. */
export function hasRunOut(command: { readonly validUntil: Instant }, wall: Instant): boolean {
  return wall > command.validUntil
}
