import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import { expectedAt, isEnded } from './flight-times.ts'

/** Shorter texts match half the airport. */
export const SHORTEST_QUERY = 2

// Words that people put between two places, in the languages of the page.
const between = new Set(['to', 'nach', 'a', 'à', 'vers', 'hasta', 'bis', '->', '→', '>'])

/** Brings what was typed into the form that the server searches by: words, all of which must be found. */
export function normalizeQuery(text: string): string {
  const words = text.trim().split(/\s+/)
  const isInner = (index: number) => index > 0 && index < words.length - 1
  return words.filter((word, index) => !(isInner(index) && between.has(word.toLowerCase()))).join(' ')
}

/** Orders what was found: the flight that was named, then what is still to come by time, then what is over. */
export function rankFlights(flights: readonly PublicDeparture[], query: string): readonly PublicDeparture[] {
  const named = query.replace(/\s+/g, '').toUpperCase()
  const rank = (flight: PublicDeparture) => (isNamed(flight, named) ? 0 : 2) + Number(isEnded(flight))
  return [...flights].sort((left, right) => rank(left) - rank(right) || expectedAt(left) - expectedAt(right))
}

function isNamed({ carrier, number, suffix = '', codeshares }: PublicDeparture, named: string): boolean {
  return [`${carrier}${number}${suffix}`, ...codeshares].includes(named)
}
