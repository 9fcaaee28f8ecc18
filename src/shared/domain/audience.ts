import { FlightlineError } from '../lib/errors.ts'
import { delayMinutes } from './delay.ts'
import type { Departure } from './departure.ts'
import type { DepartureId } from './departure-id.ts'
import { DAY, HOUR, type Instant } from './instant.ts'
import { deriveStatus, type Status } from './status.ts'

/** A choice of departures by what they have in common; every given condition must hold. */
export interface DepartureFilter {
  readonly origin?: string | undefined
  readonly destination?: string | undefined
  readonly carrier?: string | undefined
  readonly date?: string | undefined
  readonly status?: Status | undefined
  readonly delayedAtLeast?: number | undefined
}

/** Whom a broadcast reaches: the passengers of chosen flights, or of all that match a filter. */
export type Audience = { readonly flightIds: readonly DepartureId[] } | { readonly filter: DepartureFilter }

// A board holds several days. Who writes "all from JFK" means the flights of now, not those who landed yesterday.
const BEFORE = 12 * HOUR
const AFTER = DAY

/**
 * Whether a departure meets all conditions of a filter. Without a date those around now match: scheduled or expected to
 * leave in the last 12 or the next 24 hours.
 * @param now - operational clock
 */
export function matchesFilter(departure: Departure, filter: DepartureFilter, now: Instant): boolean {
  const checks: readonly boolean[] = [
    filter.origin === undefined || departure.origin === filter.origin,
    filter.destination === undefined || departure.destination === filter.destination,
    filter.carrier === undefined || departure.carrier === filter.carrier,
    filter.date === undefined ? isAroundNow(departure, now) : departure.originDate === filter.date,
    filter.status === undefined || deriveStatus(departure) === filter.status,
    filter.delayedAtLeast === undefined || delayMinutes(departure) >= filter.delayedAtLeast,
  ]
  return checks.every(Boolean)
}

function isAroundNow({ scheduledAt, estimatedAt = scheduledAt, offBlockAt = estimatedAt }: Departure, now: Instant) {
  return Math.max(scheduledAt, offBlockAt) >= now - BEFORE && scheduledAt < now + AFTER
}

/** What an audience is resolved against. */
export interface AudienceGround {
  readonly departures: ReadonlyMap<DepartureId, Departure>
  /** Operational clock. */
  readonly now: Instant
}

/**
 * Resolves an audience against the departures that are known.
 * @throws FlightlineError `FL_DEPARTURE_UNKNOWN` for a chosen flight that does not exist, `FL_BROADCAST_EMPTY` for none
 */
export function resolveAudience(audience: Audience, ground: AudienceGround): readonly Departure[] {
  const chosen =
    'flightIds' in audience ? pick(audience.flightIds, ground.departures) : filterAll(audience.filter, ground)
  if (chosen.length === 0) throw new FlightlineError('FL_BROADCAST_EMPTY')
  return chosen
}

function pick(ids: readonly DepartureId[], departures: ReadonlyMap<DepartureId, Departure>): readonly Departure[] {
  return [...new Set(ids)].map((id) => {
    const departure = departures.get(id)
    if (!departure) throw new FlightlineError('FL_DEPARTURE_UNKNOWN', { id })
    return departure
  })
}

function filterAll(filter: DepartureFilter, { departures, now }: AudienceGround): readonly Departure[] {
  return [...departures.values()].filter((departure) => matchesFilter(departure, filter, now))
}
