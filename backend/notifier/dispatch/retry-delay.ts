/** Tries per delivery, the first included. */
export const MOST_ATTEMPTS = 6

const FIRST = 5_000
const LONGEST = 10 * 60_000

/**
 * How long to wait before the next try: longer each time, and by chance between half and all of it, so that what was
 * refused together does not come back together.
 * @param attempts - tries so far, at least one
 * @param chance - from 0 to 1
 * @returns milliseconds
 */
export function retryDelay(attempts: number, chance: number = Math.random()): number {
  const longest = Math.min(LONGEST, FIRST * 3 ** (attempts - 1))
  return Math.round(longest * (0.5 + chance / 2))
}
