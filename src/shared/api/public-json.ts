import type { Departure } from '../domain/departure.ts'
import { toPublicDeparture } from './public-departure.ts'

const known = new WeakMap<Departure, string>()

/**
 * The public JSON text of a departure, built once per revision and shared by every answer and frame that shows it.
 * Relies on departures being replaced, never mutated.
 */
export function publicJson(departure: Departure): string {
  const before = known.get(departure)
  if (before !== undefined) return before
  const text = JSON.stringify(toPublicDeparture(departure))
  known.set(departure, text)
  return text
}
