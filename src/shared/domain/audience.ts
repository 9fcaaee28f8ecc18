import { FlightlineError } from '../lib/errors.ts'
import type { Departure } from './departure.ts'
import type { DepartureId } from './departure-id.ts'
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

/** Whether a departure meets all conditions of a filter; an empty filter matches every departure. */
export function matchesFilter(departure: Departure, filter: DepartureFilter): boolean {
  const delay = departure.estimatedAt === undefined ? 0 : departure.estimatedAt - departure.scheduledAt
  const checks: readonly boolean[] = [
    filter.origin === undefined || departure.origin === filter.origin,
    filter.destination === undefined || departure.destination === filter.destination,
    filter.carrier === undefined || departure.carrier === filter.carrier,
    filter.date === undefined || departure.originDate === filter.date,
    filter.status === undefined || deriveStatus(departure) === filter.status,
    filter.delayedAtLeast === undefined || delay >= filter.delayedAtLeast * 60_000,
  ]
  return checks.every(Boolean)
}

/**
 * Resolves an audience against the departures that are known.
 * @throws FlightlineError `FL_DEPARTURE_UNKNOWN` for a chosen flight that does not exist, `FL_BROADCAST_EMPTY` for none
 */
export function resolveAudience(
  audience: Audience,
  departures: ReadonlyMap<DepartureId, Departure>,
): readonly Departure[] {
  const chosen = 'flightIds' in audience ? pick(audience.flightIds, departures) : filterAll(audience.filter, departures)
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

function filterAll(filter: DepartureFilter, departures: ReadonlyMap<DepartureId, Departure>): readonly Departure[] {
  return [...departures.values()].filter((departure) => matchesFilter(departure, filter))
}
