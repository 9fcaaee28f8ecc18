import type { Departure } from '../../src/shared/domain/departure.ts'
import { isDepartureId } from '../../src/shared/domain/departure-id.ts'
import { FlightlineError } from '../../src/shared/lib/errors.ts'
import type { HttpParts } from './parts.ts'

/**
 * A departure by its id, from the board or, for older days, from the store. What is no id names no departure either.
 * @throws FlightlineError `FL_DEPARTURE_UNKNOWN`
 */
export async function findDeparture(parts: Pick<HttpParts, 'board' | 'stores'>, id: string): Promise<Departure> {
  const departure = isDepartureId(id) && (parts.board.get(id) ?? (await parts.stores.departures.get(id)))
  if (!departure) throw new FlightlineError('FL_DEPARTURE_UNKNOWN', { id: id.slice(0, 60) })
  return departure
}
