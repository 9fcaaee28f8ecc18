import type { CancellationReason } from './cancellation.ts'
import type { DelayReason } from './delay-reason.ts'
import type { DepartureId } from './departure-id.ts'
import type { Instant } from './instant.ts'

/** Where a value came from. `desk` is a person at a console; `external` wrote to the store beside us. */
export type Source = 'schedule' | 'feed' | 'desk' | 'import' | 'external'

/** Provenance of one fact: its source, when it was accepted (wall clock) and, for a desk, who. */
export interface FactOrigin {
  readonly source: Source
  readonly at: Instant
  readonly by?: string
}

/** The aircraft as far as it is known. */
export interface Aircraft {
  readonly registration?: string
  readonly type?: string
}

/** A cancellation; the reason is internal and never shown to passengers. */
export interface Cancellation {
  readonly at: Instant
  readonly reason?: CancellationReason
}

/** A diversion to another airport; `airport` is absent when the source did not say. */
export interface Diversion {
  readonly airport?: string
  readonly at: Instant
}

/** Two sources disagree and neither may win by itself: a person decides. */
export interface Conflict {
  readonly kind: 'OFF_BLOCK_WHILE_CANCELLED'
  readonly value: Instant
  readonly source: Source
  readonly at: Instant
}

/**
 * What can change about a departure. Absent is absent; there are no empty strings and no nulls.
 * Times are UTC instants; the zone of the station stands beside them in {@link DepartureIdentity}.
 */
export interface DepartureFacts {
  readonly scheduledAt: Instant
  readonly estimatedAt?: Instant
  /** The feed's latest estimate where a manual one stands; staff only. */
  readonly feedEstimatedAt?: Instant
  readonly boardingAt?: Instant
  readonly finalCallAt?: Instant
  readonly gateClosedAt?: Instant
  readonly offBlockAt?: Instant
  readonly takeOffAt?: Instant
  /** When it came back to the stand; the off-block time it undid is in the history. */
  readonly returnedAt?: Instant
  readonly scheduledArrivalAt?: Instant
  readonly estimatedArrivalAt?: Instant
  readonly landedAt?: Instant
  readonly inBlockAt?: Instant
  readonly terminal?: string
  readonly gate?: string
  readonly stand?: string
  readonly aircraft?: Aircraft
  /** Coded reasons; their minutes add up to the delay. Staff only. */
  readonly delays?: readonly DelayReason[]
  readonly cancelled?: Cancellation
  readonly diverted?: Diversion
  /** When passengers will be told more, for a delay without a firm time. */
  readonly nextInformationAt?: Instant
  readonly conflicts?: readonly Conflict[]
  /** Free text for staff; never shown to passengers. */
  readonly remark?: string
}

/** What never changes: the leg that this is. */
export interface DepartureIdentity {
  readonly id: DepartureId
  readonly carrier: string
  readonly number: string
  readonly suffix: string
  readonly originDate: string
  readonly origin: string
  readonly originZone: string
  readonly destination: string
  /** Absent when no reference says; passengers then see the time of the station of departure, labelled. */
  readonly destinationZone?: string
  /** Further flight numbers that name this leg, e.g. `LH6800`. */
  readonly codeshares: readonly string[]
  /** Made up for demonstration: its messages reach only the mailbox. */
  readonly demo: boolean
}

/** The name of a fact. */
export type FactName = keyof DepartureFacts

/** A departure as staff systems see it; passengers see `PublicDeparture`. */
export interface Departure extends DepartureIdentity, DepartureFacts {
  readonly sources: Readonly<Partial<Record<FactName, FactOrigin>>>
  /** Rises by one with every accepted change; 1 is the first. */
  readonly revision: number
  /** Wall clock of the last accepted change. */
  readonly updatedAt: Instant
}

/** All names of facts, in the order in which screens and documents list them. */
export const factNames = [
  'scheduledAt',
  'estimatedAt',
  'feedEstimatedAt',
  'boardingAt',
  'finalCallAt',
  'gateClosedAt',
  'offBlockAt',
  'takeOffAt',
  'returnedAt',
  'scheduledArrivalAt',
  'estimatedArrivalAt',
  'landedAt',
  'inBlockAt',
  'terminal',
  'gate',
  'stand',
  'aircraft',
  'delays',
  'cancelled',
  'diverted',
  'nextInformationAt',
  'conflicts',
  'remark',
] as const satisfies readonly FactName[]
