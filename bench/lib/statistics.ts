/**
 * The value below which `share` of all lie (nearest rank).
 * @param sorted - ascending, not empty
 */
export function percentile(sorted: readonly number[], share: number): number {
  const rank = Math.max(0, Math.ceil(sorted.length * share) - 1)
  return sorted[rank] ?? Number.NaN
}

/** Smallest, middle and largest of several runs. */
export interface Spread {
  readonly min: number
  readonly median: number
  readonly max: number
}

/** Sums several runs up. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((left, right) => left - right)
  return { min: sorted[0] ?? Number.NaN, median: percentile(sorted, 0.5), max: sorted.at(-1) ?? Number.NaN }
}
