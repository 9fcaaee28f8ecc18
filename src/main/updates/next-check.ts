const MINUTE = 60_000

/** The desktop has better things to do while it starts. */
const FIRST = 30_000
const EVERY = 6 * 60 * MINUTE
const SPREAD = 30 * MINUTE

/**
 * Milliseconds to the first check, or to the next. Spread, so that all desks of an airport, switched on at the same
 * hour, do not ask at the same moment.
 * @param random - from 0 to 1
 */
export function nextCheck(isFirst: boolean, random: number): number {
  if (isFirst) return Math.round(FIRST * (1 + random))
  return Math.round(EVERY + SPREAD * (2 * random - 1))
}
