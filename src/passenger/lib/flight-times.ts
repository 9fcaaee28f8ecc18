import type { PublicDeparture } from '../../shared/api/public-departure.ts'

/** How sure a time is. `unknown` has only a time that no longer holds. */
type TimeKind = 'scheduled' | 'estimated' | 'actual' | 'unknown'

/** A time as a card shows it: what holds, and the planned one that it replaces. ISO 8601 UTC. */
export interface TimeView {
  readonly kind: TimeKind
  readonly at?: string
  readonly replaced?: string
}

/** A change below a minute is none on a clock face. */
const MINUTE = 60_000

/** The departure time. An estimate before the schedule is shown as the schedule: nobody may come too late by our advice. */
export function departureTime(flight: PublicDeparture): TimeView {
  const { scheduledAt, offBlockAt, estimatedAt } = flight
  if (flight.cancelled) return { kind: 'unknown', replaced: scheduledAt }
  if (offBlockAt) return timeView('actual', offBlockAt, scheduledAt)
  if (estimatedAt && Date.parse(estimatedAt) > Date.parse(scheduledAt)) {
    return timeView('estimated', estimatedAt, scheduledAt)
  }
  if (isOpen(flight)) return { kind: 'unknown', replaced: scheduledAt }
  return { kind: 'scheduled', at: scheduledAt }
}

/** The arrival time, absent where neither plan nor estimate is known. */
export function arrivalTime(flight: PublicDeparture): TimeView | undefined {
  const { scheduledArrivalAt } = flight
  const actual = flight.inBlockAt ?? flight.landedAt
  if (flight.cancelled || flight.diverted || (isOpen(flight) && !flight.estimatedArrivalAt)) {
    return scheduledArrivalAt === undefined ? undefined : { kind: 'unknown', replaced: scheduledArrivalAt }
  }
  if (actual) return timeView('actual', actual, scheduledArrivalAt)
  const estimated = estimatedArrival(flight)
  if (estimated) return timeView('estimated', estimated, scheduledArrivalAt)
  return scheduledArrivalAt === undefined ? undefined : { kind: 'scheduled', at: scheduledArrivalAt }
}

/** A delay that a desk sets moves no arrival: until the flight has left, it arrives no earlier than it leaves late. */
function estimatedArrival(flight: PublicDeparture): string | undefined {
  const { scheduledAt, scheduledArrivalAt, estimatedArrivalAt, offBlockAt } = flight
  const departure = departureTime(flight)
  if (offBlockAt || departure.kind !== 'estimated' || !departure.at || !scheduledArrivalAt) return estimatedArrivalAt
  const carried = Date.parse(scheduledArrivalAt) + Date.parse(departure.at) - Date.parse(scheduledAt)
  return new Date(Math.max(carried, Date.parse(estimatedArrivalAt ?? scheduledArrivalAt))).toISOString()
}

function isOpen({ offBlockAt, estimatedAt, nextInformationAt }: PublicDeparture): boolean {
  return !offBlockAt && !estimatedAt && nextInformationAt !== undefined
}

/** When it left or is expected to leave, epoch milliseconds; the schedule where nothing better is known. */
export function expectedAt(flight: PublicDeparture): number {
  return Date.parse(departureTime(flight).at ?? flight.scheduledAt)
}

/** Minutes late off the gate, 0 when on time or early. */
export function lateMinutes(flight: PublicDeparture): number {
  return Math.max(0, flight.delayMinutes)
}

/** Whether it has left the gate for good. */
export function hasLeft(flight: PublicDeparture): boolean {
  return ['DEPARTED', 'AIRBORNE', 'DIVERTED', 'LANDED', 'ARRIVED'].includes(flight.status)
}

/** Whether there is nothing more to wait for. */
export function isEnded(flight: PublicDeparture): boolean {
  return ['LANDED', 'ARRIVED', 'CANCELLED'].includes(flight.status)
}

function timeView(kind: TimeKind, at: string, planned: string | undefined): TimeView {
  const isMoved = planned !== undefined && Math.abs(Date.parse(at) - Date.parse(planned)) >= MINUTE
  return isMoved ? { kind, at, replaced: planned } : { kind, at }
}
