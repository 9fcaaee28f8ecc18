import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ClockReading } from '../../shared/api/schemas.ts'
import type { Instant } from '../../shared/domain/instant.ts'

/** The last reading of the service's clocks, and when it came (monotonic milliseconds). */
export interface ClockState {
  readonly reading: ClockReading | undefined
  readonly readAt: number
}

/** The store of the clocks. */
export type ClockStore = StoreApi<ClockState>

/** Both clocks at a moment between readings. */
export interface Clocks {
  readonly wall: Instant
  readonly operational: Instant
  readonly rate: number
}

// Readings travel and are rounded; closer than this the two clocks are one.
const TOLERANCE = 2_000

/** A clock that has not been read yet. */
export function createClockStore(): ClockStore {
  return createStore<ClockState>()(() => ({ reading: undefined, readAt: 0 }))
}

/**
 * Both clocks now. They tick on by the monotonic clock, never by this machine's own idea of the time, which may be wrong.
 * @param now - monotonic milliseconds
 */
export function clocksAt({ reading, readAt }: ClockState, now: number): Clocks | undefined {
  if (!reading) return undefined
  const passed = Math.max(0, now - readAt)
  return {
    wall: reading.wall + passed,
    operational: reading.operational + passed * reading.rate,
    rate: reading.rate,
  }
}

/** Whether the operational clock is something else than the time of day, so that a screen has to say so. */
export function isReplay({ wall, operational, rate }: Clocks): boolean {
  return rate !== 1 || Math.abs(operational - wall) > TOLERANCE
}
