import type { Latency } from '../../../shared/api/system-schemas.ts'
import { formatSeconds } from './figure-text.ts'

/** How many there are. */
export function countOf({ buckets }: Latency): number {
  return buckets.reduce((all, { count }) => all + count, 0)
}

/**
 * The latency that `share` of all are not above, in seconds: estimated, as if those of a bucket were spread evenly in it.
 * @returns `undefined` where there are none, infinity where it lies above the last bound
 */
export function quantile(latency: Latency, share: number): number | undefined {
  const wanted = countOf(latency) * share
  if (wanted === 0) return undefined
  let below = 0
  let from = 0
  for (const { upTo, count } of latency.buckets) {
    if (below + count >= wanted && count > 0) {
      return upTo === null ? Number.POSITIVE_INFINITY : from + ((upTo - from) * (wanted - below)) / count
    }
    below += count
    from = upTo ?? from
  }
  return undefined
}

/** A quantile in words. */
export function quantileText(latency: Latency, share: number): string {
  const seconds = quantile(latency, share)
  if (seconds === undefined) return '–'
  return Number.isFinite(seconds) ? formatSeconds(seconds) : `over ${formatSeconds(lastBound(latency))}`
}

/** One bar of the chart. */
export interface Bar {
  /** `to 2.5 ms`, `over 30 s`. */
  readonly label: string
  readonly count: number
  /** Of the highest bar, from 0 to 1. */
  readonly height: number
}

/** The bars of a latency, fastest first. */
export function toBars(latency: Latency): readonly Bar[] {
  const highest = Math.max(1, ...latency.buckets.map(({ count }) => count))
  return latency.buckets.map(({ upTo, count }) => ({
    label: upTo === null ? `over ${formatSeconds(lastBound(latency))}` : `to ${formatSeconds(upTo)}`,
    ...{ count, height: count / highest },
  }))
}

function lastBound({ buckets }: Latency): number {
  return Math.max(0, ...buckets.map(({ upTo }) => upTo ?? 0))
}
