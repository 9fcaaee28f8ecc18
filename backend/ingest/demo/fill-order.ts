import { HOUR, type Instant } from '../../../src/shared/domain/instant.ts'
import type { PlannedDeparture } from '../replay/day-plan.ts'

// A flight that should have left a while ago may be late and still be told about.
const LATE = 3 * HOUR

/**
 * In which order departures get their passengers: filling a day takes a while, and whoever edits a flight of the next
 * hours meanwhile wants somebody to tell. Those still to come first, by schedule, then those that are over.
 * @param from - operational clock when filling began
 */
export function fillOrder(departures: readonly PlannedDeparture[], from: Instant): readonly PlannedDeparture[] {
  const inTime = departures.toSorted((left, right) => left.facts.scheduledAt - right.facts.scheduledAt)
  const isToCome = ({ facts }: PlannedDeparture) => facts.scheduledAt >= from - LATE
  return [...inTime.filter(isToCome), ...inTime.filter((departure) => !isToCome(departure))]
}
