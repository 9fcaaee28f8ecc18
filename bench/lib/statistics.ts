/**
 * The value below which `share` of all lie (nearest rank).
 * @param sorted - ascending, not empty
 */
export function percentile(sorted: readonly number[], share: number): number {
  const rank = Math.max(0, Math.ceil(sorted.length * share) - 1)
  return sorted[rank] ?? Number.NaN
}

/**
 * The same of values that were only counted.
 * @param counts - how often each value occurred, by value
 */
export function percentileOfCounts(counts: readonly number[], share: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0)
  let left = Math.max(1, Math.ceil(total * share))
  for (const [value, count] of counts.entries()) {
    left -= count
    if (left <= 0) return value
  }
  return Number.NaN
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
