import type { DepartureId } from './departure-id.ts'
import type { Instant } from './instant.ts'

/** Ways to reach a person. */
export const channels = ['email', 'sms', 'push'] as const

/** A member of {@link channels}. */
export type Channel = (typeof channels)[number]

/**
 * Where a delivery stands. `queued` and `attempting` are on the way; all others are ends:
 * `sent` was accepted by the provider, `delivered` confirmed by it, `suppressed` was deliberately not sent,
 * `uncertain` may or may not have been accepted and is not sent again.
 */
export const deliveryStates = [
  'queued',
  'attempting',
  'sent',
  'delivered',
  'failed',
  'suppressed',
  'uncertain',
] as const

/** A member of {@link deliveryStates}. */
export type DeliveryState = (typeof deliveryStates)[number]

/** One notice to one person on one channel. */
export interface Delivery {
  /** `<notice id>|<recipient>|<channel>`: unique, so that fanning out twice changes nothing. */
  readonly id: string
  readonly noticeId: string
  readonly departureId: DepartureId
  readonly channel: Channel
  /** Keyed hash of the address: the same person booked and subscribed is one recipient. Not reversible. */
  readonly recipient: string
  /** Where the address is read at the moment of sending: a booking or a subscription id. */
  readonly contact: { readonly kind: 'booking' | 'subscription'; readonly id: string }
  readonly state: DeliveryState
  /** Why it ended so; always present on an end other than `sent` and `delivered`. */
  readonly reason?: string
  readonly attempts: number
  /** An attempt ended without an answer; stays true even when a critical one was then sent again. */
  readonly wasUncertain?: true
  readonly demo: boolean
  readonly createdAt: Instant
  readonly updatedAt: Instant
  /** Not before this wall-clock moment: the back-off after a refusal that may pass. */
  readonly notBefore: Instant
  /** The order of notices of one departure; an older queued one is superseded by a newer. */
  readonly sequence: number
}

/** How many deliveries of a notice or a broadcast stand where. */
export type DeliveryCounts = Readonly<Record<DeliveryState, number>>

/**
 * Writes the id of a delivery from what makes it unique.
 * @param recipient - the keyed hash, never an address
 */
export function formatDeliveryId(noticeId: string, recipient: string, channel: Channel): string {
  return `${noticeId}|${recipient}|${channel}`
}

/** Whether a delivery has come to its end. */
export function isSettled(state: DeliveryState): boolean {
  return state !== 'queued' && state !== 'attempting'
}
