/** A moment as UTC epoch milliseconds. ISO 8601 exists only on wires; see `events/instant-schema.ts`. */
export type Instant = number

/** Milliseconds of one minute. */
export const MINUTE = 60_000

/** Milliseconds of one hour. */
export const HOUR = 3_600_000

/** Milliseconds of one day of 24 hours. */
export const DAY = 86_400_000

/**
 * Whole minutes from `from` to `to`, rounded to the nearest; negative when `to` is earlier.
 * @returns minutes
 */
export function minutesBetween(from: Instant, to: Instant): number {
  // `+ 0` turns the -0 that Math.round gives for small negatives into 0, which JSON and equality would keep apart.
  return Math.round((to - from) / MINUTE) + 0
}
