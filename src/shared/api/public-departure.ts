import { delayMinutes, publicReason } from '../domain/delay.ts'
import type { Aircraft, Departure, Diversion } from '../domain/departure.ts'
import type { Instant } from '../domain/instant.ts'
import type { PublicReason } from '../domain/public-reason.ts'
import { deriveStatus, type Status } from '../domain/status.ts'
import { formatInstant } from '../events/instant-schema.ts'

/** A departure as passengers and outside programs see it (`contract.md`). Times are ISO 8601 UTC; absent is absent. */
export interface PublicDeparture {
  readonly id: string
  readonly carrier: string
  readonly number: string
  readonly suffix?: string
  readonly originDate: string
  readonly origin: string
  readonly originZone: string
  readonly destination: string
  readonly destinationZone?: string
  readonly codeshares: readonly string[]
  readonly scheduledAt: string
  readonly estimatedAt?: string
  readonly boardingAt?: string
  readonly finalCallAt?: string
  readonly gateClosedAt?: string
  readonly offBlockAt?: string
  readonly takeOffAt?: string
  readonly scheduledArrivalAt?: string
  readonly estimatedArrivalAt?: string
  readonly landedAt?: string
  readonly inBlockAt?: string
  readonly terminal?: string
  readonly gate?: string
  readonly stand?: string
  readonly aircraft?: Aircraft
  readonly status: Status
  readonly delayMinutes: number
  readonly reason?: PublicReason
  readonly cancelled?: { readonly at: string }
  readonly diverted?: { readonly airport?: string; readonly at: string }
  readonly nextInformationAt?: string
  readonly demo: boolean
  readonly revision: number
  readonly updatedAt: string
}

const optionalInstants = [
  'estimatedAt',
  'boardingAt',
  'finalCallAt',
  'gateClosedAt',
  'offBlockAt',
  'takeOffAt',
  'scheduledArrivalAt',
  'estimatedArrivalAt',
  'landedAt',
  'inBlockAt',
  'nextInformationAt',
] as const

/** Facts that are instants and public. */
export const publicInstants = ['scheduledAt', ...optionalInstants] as const

type Draft = { -readonly [Name in keyof PublicDeparture]: PublicDeparture[Name] }

/**
 * What passengers may see of a departure: no staff name, delay code, remark or internal reason gets through, because
 * every field is named here rather than removed. Made for every change, so by plain assignment: lists of entries that
 * become an object would be half of what a frame costs.
 */
export function toPublicDeparture(departure: Departure): PublicDeparture {
  const { cancelled, diverted } = departure
  const shown: Draft = {
    id: departure.id,
    carrier: departure.carrier,
    number: departure.number,
    originDate: departure.originDate,
    origin: departure.origin,
    originZone: departure.originZone,
    destination: departure.destination,
    codeshares: departure.codeshares,
    scheduledAt: formatInstant(departure.scheduledAt),
    status: deriveStatus(departure),
    delayMinutes: delayMinutes(departure),
    demo: departure.demo,
    revision: departure.revision,
    updatedAt: formatInstant(departure.updatedAt),
  }
  showTimes(shown, departure)
  showPlaces(shown, departure)
  const reason = publicReason(departure)
  if (reason !== undefined) shown.reason = reason
  if (cancelled) shown.cancelled = { at: formatInstant(cancelled.at) }
  if (diverted) shown.diverted = publicDiversion(diverted)
  return shown
}

function showTimes(shown: Draft, departure: Departure): void {
  for (const name of optionalInstants) {
    const instant: Instant | undefined = departure[name]
    if (instant !== undefined) shown[name] = formatInstant(instant)
  }
}

function showPlaces(shown: Draft, departure: Departure): void {
  const { suffix, destinationZone, terminal, gate, stand, aircraft } = departure
  if (suffix !== '') shown.suffix = suffix
  if (destinationZone !== undefined) shown.destinationZone = destinationZone
  if (terminal !== undefined) shown.terminal = terminal
  if (gate !== undefined) shown.gate = gate
  if (stand !== undefined) shown.stand = stand
  if (aircraft !== undefined) shown.aircraft = aircraft
}

function publicDiversion({ airport, at }: Diversion): NonNullable<PublicDeparture['diverted']> {
  return airport === undefined ? { at: formatInstant(at) } : { airport, at: formatInstant(at) }
}
