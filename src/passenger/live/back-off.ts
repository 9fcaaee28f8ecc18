const FIRST = 1000
const LONGEST = 30_000

/**
 * Milliseconds to wait before trying again. At least half of the pause is kept and the rest is random: after an outage
 * thousands of pages come back, and equal pauses would keep them together.
 * @param failures - in a row, 0 after a connection that worked
 * @param random - from 0 to 1
 */
export function backOff(failures: number, random: number): number {
  const whole = Math.min(LONGEST, FIRST * 2 ** failures)
  return Math.round((whole / 2) * (1 + random))
}
