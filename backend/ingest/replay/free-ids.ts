import type { Departure } from '../../../src/shared/domain/departure.ts'
import { type DepartureId, formatDepartureId, parseDepartureId } from '../../../src/shared/domain/departure-id.ts'
import type { DayPlan } from './day-plan.ts'

/**
 * A plan whose departures do not take the ids of others: an earlier replay of another file may have left the same
 * flight number on this date, going elsewhere, and where a departure goes never changes. Such a one gets the next
 * sequence, the same again after every restart.
 */
export function withFreeIds(plan: DayPlan, known: ReadonlyMap<DepartureId, Departure>): DayPlan {
  const taken = new Set(plan.departures.map(({ identity }) => identity.id))
  const renamed = new Map<DepartureId, DepartureId>()
  for (const { identity } of plan.departures) {
    if (!isForeign(known.get(identity.id), identity.destination)) continue
    const id = nextFree(identity.id, (other) => taken.has(other) || isForeign(known.get(other), identity.destination))
    taken.add(id)
    renamed.set(identity.id, id)
  }
  if (renamed.size === 0) return plan
  const nameOf = (id: DepartureId) => renamed.get(id) ?? id
  return {
    ...plan,
    departures: plan.departures.map((departure) => ({
      ...departure,
      identity: { ...departure.identity, id: nameOf(departure.identity.id) },
    })),
    events: plan.events.map((event) => ({ ...event, departureId: nameOf(event.departureId) })),
  }
}

/** A real departure is no stranger: it keeps its id, and the replayed one under it is not told. */
function isForeign(present: Departure | undefined, destination: string): boolean {
  return present?.demo === true && present.destination !== destination
}

function nextFree(id: DepartureId, isTaken: (id: DepartureId) => boolean): DepartureId {
  const key = parseDepartureId(id)
  let { sequence } = key
  let next = id
  do {
    sequence += 1
    next = formatDepartureId({ ...key, sequence })
  } while (isTaken(next))
  return next
}
