import { pick } from './hash.ts'

/** A new estimate as it becomes known. Both in minutes after schedule; `at` is negative before it. */
export interface Announcement {
  readonly at: number
  readonly delay: number
}

/** Smaller delays are not announced: the flight simply leaves a little late. Minutes. */
const SMALLEST_ANNOUNCED = 5
const LONG = 60
const STEP = 5

/**
 * How a delay became known before departure: small ones at once, longer ones in steps that creep up as the time last
 * promised comes near, the first of a long delay being the largest.
 * @returns in order of time, each estimate later than the one before; none after departure
 */
export function planAnnouncements(key: string, delay: number): readonly Announcement[] {
  if (delay < SMALLEST_ANNOUNCED) return []
  const announced: Announcement[] = []
  for (const estimate of promises(key, delay)) {
    const at = momentOf(`${key}|known|${announced.length}`, delay, announced.at(-1))
    if (at > delay - 3) break
    announced.push({ at, delay: estimate })
  }
  return announced
}

function promises(key: string, delay: number): readonly number[] {
  const count = countOf(delay)
  const first = pick(`${key}|first`, delay >= LONG ? [40, 65] : [45, 80]) / 100
  const shares = Array.from({ length: count }, (_, index) =>
    index === count - 1 ? 1 : first + ((1 - first) * index) / (count - 1 || 1),
  )
  const rounded = shares.slice(0, -1).map((share) => Math.max(STEP, Math.round((delay * share) / STEP) * STEP))
  const rising = rounded.filter((minutes, index) => minutes > (rounded[index - 1] ?? 0) && minutes <= delay - STEP)
  return [...rising, lastPromise(key, delay)]
}

/** The last estimate misses the actual time by a few minutes at most, as it does in life. */
function lastPromise(key: string, delay: number): number {
  return Math.max(SMALLEST_ANNOUNCED, delay - pick(`${key}|miss`, [0, 3]))
}

function countOf(delay: number): number {
  if (delay < 20) return 1
  if (delay < LONG) return 2
  if (delay < 120) return 3
  return delay < 240 ? 4 : 5
}

function momentOf(key: string, delay: number, before: Announcement | undefined): number {
  if (!before) return -pick(key, delay >= LONG ? [45, 180] : [15, 75])
  return Math.max(before.at + 8, before.delay - pick(key, [12, 40]))
}
