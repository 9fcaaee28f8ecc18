const FIRST = 100
const LONGEST = 30_000

/**
 * The pause before a backend that ended is started again: hardly any the first time, because passengers wait.
 * @param attempt - 0 for the first start after a calm time
 * @param random - from 0 to 1; half of the pause depends on it
 * @returns milliseconds
 */
export function restartPause(attempt: number, random: number): number {
  const whole = Math.min(LONGEST, FIRST * 2 ** Math.min(attempt, 16))
  return Math.round(whole / 2 + (whole / 2) * random)
}
