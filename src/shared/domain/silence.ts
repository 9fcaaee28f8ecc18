import { DELAY_THRESHOLD_MINUTES } from './delay.ts'
import type { Departure } from './departure.ts'
import type { NoticeKind, ToldFacts } from './notice.ts'
import { toldFacts } from './told-facts.ts'
import { hasLeft, movedMinutes } from './untold.ts'

/**
 * Says in a few words, for the staff's history, why a change is told to nobody.
 * @param told - what passengers were told last
 * @param isTold - whether the change is about anything that messages tell at all
 */
export function explainSilence(told: ToldFacts, departure: Departure, isTold: boolean): string {
  if (!isTold) return 'nothing that passengers are told about'
  if (departure.cancelled) return 'cancelled already, and told'
  if (hasLeft(departure)) return 'departed already'
  return explainPlace(told, departure) ?? explainMove(told, departure)
}

/** Says what is told, e.g. `told: delay, gate`. */
export function explainTelling(kinds: readonly NoticeKind[]): string {
  return `told: ${kinds.join(', ')}`
}

function explainPlace(told: ToldFacts, departure: Departure): string | undefined {
  if (told.gate === undefined && departure.gate !== undefined) return 'first gate, not a change of gate'
  if (told.gate !== undefined && departure.gate === undefined) return 'gate taken back; the next one is told'
  return undefined
}

function explainMove(told: ToldFacts, departure: Departure): string {
  const minutes = Math.abs(movedMinutes(told, toldFacts(departure), departure.scheduledAt))
  if (minutes > 0) return `time moved by ${minutes} min, under ${DELAY_THRESHOLD_MINUTES}`
  return 'same as what was told'
}
