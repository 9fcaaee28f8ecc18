import type { FactsPatch } from '../../../src/shared/domain/change.ts'
import type { DepartureFacts, DepartureIdentity } from '../../../src/shared/domain/departure.ts'
import type { DepartureId } from '../../../src/shared/domain/departure-id.ts'
import type { Instant } from '../../../src/shared/domain/instant.ts'

/** A departure as it first appears, and what bookings are made from. */
export interface PlannedDeparture {
  /** Operational time of its first appearance. */
  readonly at: Instant
  readonly identity: DepartureIdentity
  readonly facts: DepartureFacts
  /** Seats of the aircraft where a register has it. */
  readonly seats?: number
  /** Statute miles, where the file says. */
  readonly distance?: number
}

/** News of one departure at one operational moment. */
export interface PlannedEvent {
  readonly at: Instant
  readonly departureId: DepartureId
  /** Number of the event within its departure, from 1: names the event over restarts. */
  readonly step: number
  readonly patch: FactsPatch
}

/** A real day laid over a date: everything that will be told, in the order in which it becomes known. */
export interface DayPlan {
  /** Local date of the first station, `YYYY-MM-DD`. */
  readonly date: string
  /** Zone of the first station: its clock starts the replay and ends the day. */
  readonly zone: string
  /** 04:00 of that station: the day appears on the board. */
  readonly opensAt: Instant
  readonly departures: readonly PlannedDeparture[]
  readonly events: readonly PlannedEvent[]
}
