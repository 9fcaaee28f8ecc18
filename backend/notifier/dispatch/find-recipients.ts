import { unsubscribeToken } from '../../../src/shared/desk/subscriptions.ts'
import type { Delivery } from '../../../src/shared/domain/delivery.ts'
import type { Booking, Subscription } from '../../../src/shared/domain/passenger.ts'
import type { Sealer } from '../../../src/shared/ports/secrets.ts'
import type { NotifierContext } from '../context.ts'
import { openAddress } from '../fan-out/list-recipients.ts'
import type { Recipient } from '../messages/message-writer.ts'
import { isMailAddress } from '../messages/plain.ts'

/** The person as found at the moment of sending, or why nothing may be sent to them. */
export type FoundRecipient =
  | { readonly recipient: Recipient; readonly demo: boolean }
  | { readonly obstacle: string; readonly isFailure: boolean }

/**
 * Looks the people of many deliveries up, now rather than when they were queued: somebody may have unsubscribed, been
 * rebooked or corrected the address since.
 */
export async function findRecipients(
  { stores, sealer }: Pick<NotifierContext, 'stores' | 'sealer'>,
  deliveries: readonly Delivery[],
): Promise<(delivery: Delivery) => FoundRecipient> {
  const idsOf = (kind: Delivery['contact']['kind']) =>
    deliveries.filter(({ contact }) => contact.kind === kind).map(({ contact }) => contact.id)
  const [bookingIds, subscriptionIds] = [idsOf('booking'), idsOf('subscription')]
  const bookings = byId(bookingIds.length > 0 ? await stores.bookings.getAll(bookingIds) : [])
  const subscriptions = byId(subscriptionIds.length > 0 ? await stores.subscriptions.getAll(subscriptionIds) : [])
  return ({ contact, departureId }) =>
    contact.kind === 'booking'
      ? fromBooking(bookings.get(contact.id), departureId, sealer)
      : fromSubscription(subscriptions.get(contact.id), sealer)
}

function fromBooking(booking: Booking | undefined, departureId: string, sealer: Sealer): FoundRecipient {
  if (!booking || booking.departureId !== departureId) return suppressed('not booked on this flight any more')
  const { name, language, email } = booking.passenger
  if (!email) return suppressed('no e-mail address')
  const address = openAddress(email, sealer)
  if (address === undefined || !isMailAddress(address)) return failed('the e-mail address cannot be used')
  return { recipient: { address, name, language, bookedNumber: booking.flightNumberAsBooked }, demo: booking.demo }
}

function fromSubscription(subscription: Subscription | undefined, sealer: Sealer): FoundRecipient {
  if (!subscription || subscription.endedAt !== undefined) return suppressed('unsubscribed')
  if (subscription.confirmedAt === undefined) return suppressed('not confirmed')
  const { address: sealed, language, demo } = subscription
  const address = openAddress(sealed, sealer)
  if (address === undefined || !isMailAddress(address)) return failed('the e-mail address cannot be used')
  return { recipient: { address, language, unsubscribeToken: unsubscribeToken(sealer, subscription) }, demo }
}

function suppressed(obstacle: string): FoundRecipient {
  return { obstacle, isFailure: false }
}

function failed(obstacle: string): FoundRecipient {
  return { obstacle, isFailure: true }
}

function byId<Item extends { readonly id: string }>(items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [item.id, item]))
}
