/** Where the time comes from. */
export interface TimeSources {
  /** Monotonic milliseconds; on some systems they stand still while the machine sleeps. */
  readonly monotonic: () => number
  /** The machine's time of day in milliseconds. */
  readonly wall: () => number
}

// Less than this is how far the two drift apart by themselves, and how finely a time of day is set right.
const TOLERANCE = 2_000

/**
 * Monotonic milliseconds that count the machine's sleep too: a laptop that was shut for a night must not say that its
 * board is two minutes old. A time of day that is set forward counts as sleep; one that is set back changes nothing.
 */
export function createSteadyClock({ monotonic, wall }: TimeSources): () => number {
  let slept = 0
  let last = { monotonic: monotonic(), wall: wall() }
  return () => {
    const now = { monotonic: monotonic(), wall: wall() }
    const missed = now.wall - last.wall - (now.monotonic - last.monotonic)
    if (missed > TOLERANCE) slept += missed
    last = now
    return now.monotonic + slept
  }
}
