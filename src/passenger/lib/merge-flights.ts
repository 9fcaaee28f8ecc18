import type { PublicDeparture } from '../../shared/api/public-departure.ts'

/** The departures that the page knows, by id. */
export type Flights = ReadonlyMap<string, PublicDeparture>

/** A departure that the page took over; `previous` is absent for one it did not know. */
export interface FlightUpdate {
  readonly previous?: PublicDeparture
  readonly next: PublicDeparture
}

/**
 * Takes in what came, from whichever way: answers, frames and polls race, so the revision decides and never the order
 * of arrival.
 * @returns the same map when nothing is newer
 */
export function mergeFlights(
  known: Flights,
  incoming: readonly PublicDeparture[],
): { readonly flights: Flights; readonly updates: readonly FlightUpdate[] } {
  const flights = new Map(known)
  const updates: FlightUpdate[] = []
  for (const next of incoming) {
    const previous = flights.get(next.id)
    if (previous && previous.revision >= next.revision) continue
    flights.set(next.id, next)
    updates.push(previous ? { previous, next } : { next })
  }
  return updates.length > 0 ? { flights, updates } : { flights: known, updates }
}
