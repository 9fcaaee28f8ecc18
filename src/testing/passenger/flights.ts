import { type PublicDeparture, toPublicDeparture } from '../../shared/api/public-departure.ts'
import type { PublicNotice } from '../../shared/api/push-frames.ts'
import { departure, NOON } from '../fixtures/departure.ts'

/** A departure as passengers see it, two hours after noon from JFK to SJU; times are given as ISO 8601. */
export function flight(overrides: Partial<PublicDeparture> = {}): PublicDeparture {
  return { ...toPublicDeparture(departure()), ...overrides }
}

/** ISO 8601 of a moment so many minutes after {@link NOON} (12:00 UTC, 07:00 in New York). */
export function minute(minutes: number): string {
  return new Date(NOON + minutes * 60_000).toISOString()
}

/** A notice as passengers see it. */
export function notice(overrides: Partial<PublicNotice> = {}): PublicNotice {
  return { id: 'n1', text: 'Free water at gate B12', severity: 'info', at: minute(0), ...overrides }
}
