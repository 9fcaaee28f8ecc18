import { fullJitter } from '../../shared/lib/full-jitter.ts'

const PAUSES = { first: 1000, longest: 15_000 }

/** Over this time the pages come back whose server said that it goes, or that it has too much to do. */
const SPREAD = 8000

const GOING_AWAY = 1001
const RESTARTING = 1012
const TRY_LATER = 1013

/**
 * Milliseconds to wait before trying again.
 * @param failures - in a row, 0 after a connection that worked
 * @param random - from 0 to 1
 */
export function backOff(failures: number, random: number): number {
  return fullJitter(PAUSES, failures, random)
}

/**
 * Milliseconds to wait after a connection that worked was closed. A page cannot read the `Retry-After` of a refused
 * socket, so it goes by the code of the close.
 */
export function pauseAfterClose(code: number | undefined, random: number): number {
  const isStorm = code === GOING_AWAY || code === RESTARTING || code === TRY_LATER
  return isStorm ? Math.round(SPREAD * random) : backOff(0, random)
}
