import type { DepartureId } from './departure-id.ts'
import type { Instant } from './instant.ts'

/**
 * One passenger's place on one departure. `email` and `phone` are sealed at rest (see `ports/sealer.ts`) when we wrote
 * them; the airline's own system may have written them in clear.
 */
export interface Booking {
  readonly id: string
  readonly departureId: DepartureId
  /** Record locator, six letters or digits. */
  readonly reference: string
  /** The number on the passenger's ticket, which may be a codeshare. */
  readonly flightNumberAsBooked: string
  readonly passenger: Passenger
  readonly seat?: string
  readonly cabin?: string
  readonly checkedIn?: boolean
  readonly boarded?: boolean
  readonly demo: boolean
}

/** The person, as far as messages need to know. */
export interface Passenger {
  readonly name: string
  /** BCP 47, e.g. `en`. */
  readonly language: string
  /** IANA zone in which this person reads times. */
  readonly zone: string
  readonly email?: string
  readonly phone?: string
  /** Keyed hash of the e-mail address; present where we sealed it. */
  readonly emailKey?: string
}

/** Somebody who follows a departure by e-mail without a booking. Nothing is sent before `confirmedAt`. */
export interface Subscription {
  readonly id: string
  readonly departureId: DepartureId
  readonly channel: 'email'
  /** Sealed. */
  readonly address: string
  /** Keyed hash of the address. */
  readonly recipient: string
  readonly language: string
  /** SHA-256 of the token in the confirmation link. */
  readonly confirmHash: string
  /** SHA-256 of the token in the unsubscribe link. */
  readonly unsubscribeHash: string
  readonly createdAt: Instant
  readonly confirmedAt?: Instant
  readonly endedAt?: Instant
  readonly demo: boolean
}
