import { delayMinutes, publicReason } from '../domain/delay.ts'
import type { Aircraft, Departure } from '../domain/departure.ts'
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

/** Facts that are instants and public. */
export const publicInstants = [
  'scheduledAt',
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

/**
 * What passengers may see of a departure: no staff name, delay code, remark or internal reason gets through, because
 * every field is named here rather than removed.
 */
export function toPublicDeparture(departure: Departure): PublicDeparture {
  const { scheduledAt, cancelled, diverted } = departure
  const reason = publicReason(departure)
  return {
    ...publicIdentity(departure),
    ...publicTimes(departure),
    scheduledAt: formatInstant(scheduledAt),
    ...present({
      terminal: departure.terminal,
      gate: departure.gate,
      stand: departure.stand,
      aircraft: departure.aircraft,
      reason,
    }),
    status: deriveStatus(departure),
    delayMinutes: delayMinutes(departure),
    ...(cancelled && { cancelled: { at: formatInstant(cancelled.at) } }),
    ...(diverted && { diverted: { ...present({ airport: diverted.airport }), at: formatInstant(diverted.at) } }),
    demo: departure.demo,
    revision: departure.revision,
    updatedAt: formatInstant(departure.updatedAt),
  }
}

function publicIdentity(departure: Departure) {
  const { id, carrier, number, suffix, originDate, origin, originZone, destination, destinationZone, codeshares } =
    departure
  return {
    ...{ id, carrier, number, originDate, origin, originZone, destination, codeshares },
    ...present({ suffix: suffix || undefined, destinationZone }),
  }
}

type PublicTimes = { readonly [Name in (typeof publicInstants)[number]]?: string }

function publicTimes(departure: Departure): PublicTimes {
  const entries = publicInstants.flatMap((name) => {
    const instant: Instant | undefined = departure[name]
    return instant === undefined ? [] : [[name, formatInstant(instant)] as const]
  })
  return Object.fromEntries(entries)
}

type Present<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> }

function present<T extends object>(values: T): Present<T> {
  // Reason for the cast: Object.fromEntries forgets key names; dropping undefined members is exactly what Present says.
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>
}
