import { MINUTE } from '../../../src/shared/domain/instant.ts'
import { localDate, localInstant } from '../../../src/shared/lib/zone-time.ts'
import { OPENING_MINUTES } from './plan-day.ts'
import type { Anchor } from './replay-clock.ts'

/** The part of the settings that a replay obeys; see `contract.md`. */
export interface ReplaySettings {
  /** `FLIGHTLINE_START`: `HH:MM` at the first station, or `live`. */
  readonly start: string
  /** `FLIGHTLINE_SPEED`: operational seconds per second, or `max`. */
  readonly speed: number | 'max'
}

/**
 * Where the operational clock starts when nothing was played yet.
 * @param zone - of the first station
 * @param wall - now
 */
export function firstAnchor({ start, speed }: ReplaySettings, zone: string, wall: number): Anchor {
  const rate = speed === 'max' ? 0 : speed
  if (start === 'live') return { wallAt: wall, operationalAt: wall, rate }
  const [hours = 0, minutes = 0] = start.split(':').map(Number)
  return { wallAt: wall, operationalAt: localInstant(zone, localDate(zone, wall), hours * 60 + minutes), rate }
}

/** The date whose day is on the board: it gives way to the next at 04:00 of the first station. */
export function operationalDate(zone: string, operationalAt: number): string {
  return localDate(zone, operationalAt - OPENING_MINUTES * MINUTE)
}
