import type { DepartureFacts, DepartureIdentity } from '../../../src/shared/domain/departure.ts'
import { formatDepartureId } from '../../../src/shared/domain/departure-id.ts'
import { type Instant, MINUTE } from '../../../src/shared/domain/instant.ts'
import { localInstant } from '../../../src/shared/lib/zone-time.ts'
import type { Reference } from '../reference/reference-data.ts'
import { scheduledBlock } from './block.ts'
import type { DayPlan, PlannedDeparture, PlannedEvent } from './day-plan.ts'
import type { DayRow } from './day-row.ts'
import { dateToday, mainDate, originZone, scheduledDate } from './day-zones.ts'
import { tellCourse } from './departure-events.ts'
import { type Assignment, assignGates, type GateNeed } from './gates.ts'
import { layTimeline, type Timeline } from './timeline.ts'

/** Local time of the first station, in minutes, at which one day gives way to the next on the board. */
export const OPENING_MINUTES = 4 * 60

/** A flight with all that is known of it before anything is told. */
interface Flight {
  readonly row: DayRow
  readonly key: string
  readonly identity: DepartureIdentity
  readonly timeline: Timeline
}

/**
 * Lays a real day over a date as a script: departures as they first appear and what becomes known of them, in order.
 * The same rows over the same date always give the same script.
 * @param rows - the flights of the day
 * @param today - local date of the first station on which the day is laid
 */
export function planDay(rows: readonly DayRow[], reference: Reference, { today }: { readonly today: string }): DayPlan {
  const zone = dayZone(rows, reference)
  const opensAt = localInstant(zone, today, OPENING_MINUTES)
  const flights = layFlights(rows, reference, today)
  const gates = assignGates(flights.map(needOf))
  const planned = flights.map((flight) => {
    const at = Math.min(opensAt, firstNeed(flight.timeline))
    const assignment = gates.get(flight.identity.id)
    return planDeparture(flight, reference, { at, assignment })
  })
  const events = planned.flatMap((plan) => plan.events).sort(inTime)
  return { date: today, zone, opensAt, departures: planned.map((plan) => plan.departure), events }
}

/** The zone of the first station of the day, by whose clock the day starts and ends. */
export function dayZone(rows: readonly DayRow[], reference: Reference): string {
  const [first] = rows
  return first ? originZone(first, reference) : 'UTC'
}

function layFlights(rows: readonly DayRow[], reference: Reference, today: string): readonly Flight[] {
  const dated = rows.map((row) => {
    const zone = originZone(row, reference)
    return { row, zone, date: scheduledDate(row, zone) }
  })
  const main = mainDate(dated.map(({ date }) => date))
  const seen = new Map<string, number>()
  return dated.map(({ row, zone, date }) => {
    const originDate = dateToday(today, { main, date })
    const name = `${row.carrier}${row.number}-${originDate}-${row.origin}`
    const sequence = (seen.get(name) ?? 0) + 1
    seen.set(name, sequence)
    const key = `${row.carrier}${row.number}-${row.origin}-${date}-${sequence}`
    const destinationZone = reference.airports.get(row.destination)?.zone
    const block = scheduledBlock(row, { originZone: zone, destinationZone, date })
    const scheduledAt = localInstant(zone, originDate, row.scheduledDeparture)
    const timeline = layTimeline({ row, scheduledAt, block, key })
    return { row, key, timeline, identity: identify(row, { zone, destinationZone, originDate, sequence }) }
  })
}

interface Leg {
  readonly zone: string
  readonly destinationZone: string | undefined
  readonly originDate: string
  readonly sequence: number
}

function identify(row: DayRow, { zone, destinationZone, originDate, sequence }: Leg): DepartureIdentity {
  const { carrier, number, origin, destination } = row
  const key = { carrier, number, suffix: '', originDate, origin }
  return {
    id: formatDepartureId({ ...key, sequence }),
    ...key,
    originZone: zone,
    destination,
    ...(destinationZone && { destinationZone }),
    codeshares: [],
    demo: true,
  }
}

function needOf({ key, identity, timeline }: Flight): GateNeed {
  return {
    id: identity.id,
    key,
    station: identity.origin,
    carrier: identity.carrier,
    scheduledAt: timeline.scheduledAt,
    leftAt: timeline.flown?.offBlockAt ?? timeline.scheduledAt,
    mayMove: timeline.flown !== undefined,
  }
}

/** A flight that leaves before the day opens appears in time to be boarded. */
function firstNeed({ scheduledAt, flown }: Timeline): Instant {
  return Math.min(scheduledAt, flown?.offBlockAt ?? scheduledAt) - 45 * MINUTE
}

interface Appearance {
  readonly at: Instant
  readonly assignment: Assignment | undefined
}

function planDeparture(
  { row, key, identity, timeline }: Flight,
  reference: Reference,
  { at, assignment }: Appearance,
): { readonly departure: PlannedDeparture; readonly events: readonly PlannedEvent[] } {
  const gates = assignment ?? { final: { terminal: 'A', gate: 'A1', stand: '101' } }
  const plane = reference.planes.get(row.registration ?? '')
  const news = tellCourse({ key, timeline, gates, appearedAt: at })
  const aircraft = {
    ...(row.registration && { registration: row.registration }),
    ...(plane?.type && { type: plane.type }),
  }
  const facts: DepartureFacts = {
    scheduledAt: timeline.scheduledAt,
    scheduledArrivalAt: timeline.scheduledArrivalAt,
    ...(gates.first ?? gates.final),
    ...(Object.keys(aircraft).length > 0 && { aircraft }),
  }
  return {
    departure: {
      at,
      identity,
      facts,
      ...(plane?.seats && { seats: plane.seats }),
      ...(row.distance && { distance: row.distance }),
    },
    events: news.map((event, index) => ({ ...event, departureId: identity.id, step: index + 1 })),
  }
}

function inTime(left: PlannedEvent, right: PlannedEvent): number {
  return left.at - right.at || (left.departureId < right.departureId ? -1 : 1)
}
