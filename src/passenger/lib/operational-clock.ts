/** The server's clock as it was read at a moment of ours. Times are epoch milliseconds. */
export interface ClockReading {
  readonly operational: number
  /** Operational seconds per second. */
  readonly rate: number
  /** Our clock when the reading came. */
  readonly readAt: number
}

/** Two clocks this close are the same day: passengers' telephones are seldom set to the second. */
const TOLERANCE = 2 * 60_000

/** Takes a reading; one without a usable rate (`max` has none on the wire) stands still. */
export function readClock(clock: { readonly now: string; readonly rate: number }, readAt: number): ClockReading {
  return { operational: Date.parse(clock.now), rate: Number.isFinite(clock.rate) ? clock.rate : 0, readAt }
}

/** The operational time at our moment `now`; without a reading, `now` itself. */
export function operationalTime(reading: ClockReading | undefined, now: number): number {
  return reading ? reading.operational + (now - reading.readAt) * reading.rate : now
}

/** Whether the page shows another day or speed than the one outside the window. */
export function isReplayed(reading: ClockReading | undefined, now: number): boolean {
  if (!reading) return false
  return reading.rate !== 1 || Math.abs(operationalTime(reading, now) - now) > TOLERANCE
}
