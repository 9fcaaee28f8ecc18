import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import { arrivalTime, departureTime, hasLeft, lateMinutes } from './flight-times.ts'
import { type Places, placeName } from './place-name.ts'
import type { Text } from './text.ts'

const MINUTE = 60_000
/** From this delay on it is worth a word beside another status. Minutes. */
const WORTH_SAYING = 15
/** Further ahead, a date says more than a span. */
const SOON = 24 * 60 * MINUTE

/** The status in plain words: a headline, and what else matters of it. */
export interface StatusWords {
  readonly headline: string
  readonly detail?: string
}

/** Says how a flight stands, the same in every place of the page. */
export function statusWords(flight: PublicDeparture, text: Text, places: Places): StatusWords {
  const { status, diverted } = flight
  const minutes = lateMinutes(flight)
  const late = text.say('status.late', { delay: text.span(minutes * MINUTE) })
  if (status === 'SCHEDULED' && minutes > 0) return { headline: late }
  if (status === 'DELAYED') {
    return { headline: text.say('status.DELAYED'), detail: minutes > 0 ? late : text.say('status.openDelay') }
  }
  if (status === 'DIVERTED' && diverted?.airport) {
    return { headline: text.say('status.DIVERTED_TO', { place: placeName(places, diverted.airport) }) }
  }
  const headline = text.say(`status.${status}`)
  const isWorthSaying = minutes >= WORTH_SAYING && !['CANCELLED', 'DIVERTED', 'LANDED', 'ARRIVED'].includes(status)
  return isWorthSaying ? { headline, detail: late } : { headline }
}

/**
 * How long it is until the next thing that passengers wait for.
 * @param now - operational clock
 */
export function countdownWords(flight: PublicDeparture, text: Text, now: number): string | undefined {
  const isUnderWay = flight.status === 'DEPARTED' || flight.status === 'AIRBORNE'
  if (!isUnderWay && (hasLeft(flight) || flight.cancelled)) return undefined
  const { at } = (isUnderWay ? arrivalTime(flight) : departureTime(flight)) ?? {}
  const left = at === undefined ? 0 : Date.parse(at) - now
  if (left < MINUTE / 2 || left > SOON) return undefined
  return text.say(isUnderWay ? 'status.landsIn' : 'status.departsIn', { span: text.span(Math.max(left, MINUTE)) })
}
