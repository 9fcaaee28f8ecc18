/** The longest pause after the first failure, and the longest of all. Milliseconds. */
export interface Pauses {
  readonly first: number
  readonly longest: number
}

/**
 * How long to wait before trying again: anything up to a longest pause that doubles with each failure. After an outage
 * everybody comes back, and equal pauses, or halves of them, would keep them together.
 * @param failures - in a row, from 0
 * @param random - from 0 to 1
 * @returns milliseconds
 */
export function fullJitter({ first, longest }: Pauses, failures: number, random: number): number {
  return Math.round(Math.min(longest, first * 2 ** failures) * random)
}
