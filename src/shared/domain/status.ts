import { DELAY_THRESHOLD_MINUTES, delayMinutes } from './delay.ts'
import type { DepartureFacts } from './departure.ts'

/** The states of a departure, from the schedule to the stand at the destination. */
export const statuses = [
  'SCHEDULED',
  'DELAYED',
  'BOARDING',
  'FINAL_CALL',
  'GATE_CLOSED',
  'DEPARTED',
  'RETURNED',
  'AIRBORNE',
  'DIVERTED',
  'LANDED',
  'ARRIVED',
  'CANCELLED',
] as const

/** A member of {@link statuses}. */
export type Status = (typeof statuses)[number]

type Rule = readonly [Status, (facts: DepartureFacts) => boolean]

// The first rule that holds wins, so later events stand above earlier ones and a stale boarding never hides an off-block.
const rules: readonly Rule[] = [
  ['CANCELLED', (facts) => facts.cancelled !== undefined],
  ['DIVERTED', (facts) => facts.diverted !== undefined],
  ['ARRIVED', (facts) => facts.inBlockAt !== undefined],
  ['LANDED', (facts) => facts.landedAt !== undefined],
  ['AIRBORNE', (facts) => facts.takeOffAt !== undefined],
  ['DEPARTED', (facts) => facts.offBlockAt !== undefined],
  ['GATE_CLOSED', (facts) => facts.gateClosedAt !== undefined],
  ['FINAL_CALL', (facts) => facts.finalCallAt !== undefined],
  ['BOARDING', (facts) => facts.boardingAt !== undefined],
  ['RETURNED', (facts) => facts.returnedAt !== undefined],
  ['DELAYED', (facts) => delayMinutes(facts) >= DELAY_THRESHOLD_MINUTES],
  ['DELAYED', (facts) => facts.nextInformationAt !== undefined && facts.estimatedAt === undefined],
]

/**
 * Derives the status from times and facts; it is never typed, so it cannot contradict them. Independent of the clock,
 * which lets one frame be built per change and shared.
 */
export function deriveStatus(facts: DepartureFacts): Status {
  return rules.find(([, holds]) => holds(facts))?.[0] ?? 'SCHEDULED'
}

/** Whether the departure has left the stand and not come back. */
export function isOffBlock(facts: Pick<DepartureFacts, 'offBlockAt' | 'takeOffAt'>): boolean {
  return facts.offBlockAt !== undefined || facts.takeOffAt !== undefined
}
