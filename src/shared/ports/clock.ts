import type { Instant } from '../domain/instant.ts'

/**
 * The two clocks. `wall` is for latency, leases, sessions and audit; `operational` for status, expiry and countdowns.
 * Without a replayed day they are the same.
 */
export interface Clock {
  wall(): Instant
  operational(): Instant
  /** Operational seconds per wall second. */
  readonly rate: number
}
