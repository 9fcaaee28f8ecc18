import { departureTime } from './flight-times.ts'
import type { FlightUpdate } from './merge-flights.ts'
import { type Places, placeName } from './place-name.ts'
import { statusWords } from './status-words.ts'
import type { Text, Values, WordKey } from './text.ts'

/** What a screen reader says; urgent things interrupt what it is reading. */
export interface Announcement {
  readonly text: string
  readonly isUrgent: boolean
}

type Line = readonly [key: WordKey, values?: Values]

/** Says what changed between two revisions; nothing where it is no news for a passenger. */
export function announce(update: FlightUpdate, text: Text, places: Places): Announcement | undefined {
  const urgent = urgentLines(update)
  const lines = [...urgent, ...calmLines(update, text, places)]
  if (lines.length === 0) return undefined
  const flight = flightNumber(update.next)
  return {
    text: lines.map(([key, values]) => text.say(key, { flight, ...values })).join(' '),
    isUrgent: urgent.length > 0,
  }
}

/** `B6 739`, as tickets and signs write it. */
export function flightNumber(flight: { carrier: string; number: string; suffix?: string }): string {
  return `${flight.carrier} ${flight.number}${flight.suffix ?? ''}`
}

function urgentLines({ previous, next }: FlightUpdate): readonly Line[] {
  if (!previous) return []
  if (next.cancelled) return previous.cancelled ? [] : [['say.cancelled']]
  const lines: Line[] = previous.cancelled ? [['say.reinstated']] : []
  if (next.diverted && !previous.diverted) lines.push(['say.diverted'])
  if (next.gate && next.gate !== previous.gate) lines.push(['say.gate', { gate: next.gate }])
  return lines
}

function calmLines({ previous, next }: FlightUpdate, text: Text, places: Places): readonly Line[] {
  if (!previous || next.cancelled || next.diverted) return []
  const lines: Line[] = []
  if (previous.status !== next.status && !previous.cancelled) {
    const { headline, detail } = statusWords(next, text, places)
    lines.push(['say.status', { status: [headline, detail].filter(Boolean).join(', ') }])
  }
  const time = departureTime(next)
  const isNewTime = time.at !== undefined && time.kind !== 'actual' && time.at !== departureTime(previous).at
  if (isNewTime) lines.push(['say.time', { time: text.clock(Date.parse(time.at ?? ''), next.originZone) }])
  return lines
}

/** `New York to Chicago` needs the names; where none is known the codes have to do. */
export function routeNames(flight: { origin: string; destination: string }, places: Places) {
  return { origin: placeName(places, flight.origin), destination: placeName(places, flight.destination) }
}
