import { fullJitter } from '../../shared/lib/full-jitter.ts'

const PAUSES = { first: 500, longest: 15_000 }

/**
 * The pause before the next attempt.
 * @param attempt - 0 for the first attempt after a loss
 * @param random - from 0 to 1
 * @returns milliseconds
 */
export function backOff(attempt: number, random: number): number {
  return fullJitter(PAUSES, attempt, random)
}
