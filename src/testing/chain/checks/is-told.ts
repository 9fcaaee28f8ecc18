import type { Departure } from '../../../shared/domain/departure.ts'
import type { ToldFacts } from '../../../shared/domain/notice.ts'

// The issue's own words, on purpose not the product's policy: an error in that one shall show here.
const NOTABLE_MINUTES = 15

/** What passengers know from their last message; before any, what the schedule says. */
export type Known = Omit<ToldFacts, 'revision'>

/**
 * Whether who knows `known` knows all that passengers are told about a departure: cancelled or not, the gate, and the
 * time to within less than 15 minutes.
 */
export function isTold(known: Known, { scheduledAt, ...departure }: Departure): boolean {
  if (departure.cancelled) return known.cancelled === true
  if (known.cancelled || known.gate !== departure.gate) return false
  const isOpen = departure.estimatedAt === undefined && departure.nextInformationAt !== undefined
  if (isOpen !== (known.nextInformationAt !== undefined)) return false
  if (isOpen) return isNear(known.nextInformationAt, departure.nextInformationAt)
  const expected = (at: number | undefined) => Math.max(scheduledAt, at ?? scheduledAt)
  return isNear(expected(known.estimatedAt), expected(departure.estimatedAt))
}

function isNear(one: number | undefined, other: number | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  return Math.abs(one - other) < NOTABLE_MINUTES * 60_000
}
