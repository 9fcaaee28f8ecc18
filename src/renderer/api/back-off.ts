/** Limits of the pause between attempts, in milliseconds. */
const FIRST = 500
const LONGEST = 15_000

/**
 * The pause before the next attempt. Half of it is random: after an outage all desks come back at once, and equal
 * pauses would keep them together.
 * @param attempt - 0 for the first attempt after a loss
 * @param random - from 0 to 1
 * @returns milliseconds
 */
export function backOff(attempt: number, random: number): number {
  const whole = Math.min(LONGEST, FIRST * 2 ** Math.min(attempt, 16))
  return Math.round(whole / 2 + (whole / 2) * random)
}
