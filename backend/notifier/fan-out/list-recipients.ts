import type { Delivery } from '../../../src/shared/domain/delivery.ts'
import type { DepartureId } from '../../../src/shared/domain/departure-id.ts'
import type { Booking, Subscription } from '../../../src/shared/domain/passenger.ts'
import type { Sealer } from '../../../src/shared/ports/secrets.ts'
import type { NotifierContext } from '../context.ts'

/** Somebody concerned by a notice. */
export interface Addressee {
  /** Keyed hash: of the address, or of the booking where there is none. */
  readonly recipient: string
  readonly contact: Delivery['contact']
  readonly demo: boolean
  /** Nothing can be sent; the delivery still says so. */
  readonly obstacle?: string
}

const PAGE = 500

/**
 * Everybody concerned by a departure, in pages: who is booked on it, then confirmed followers. Who is both, or booked
 * twice under one address, comes once.
 */
export async function* listRecipients(
  { stores, sealer }: NotifierContext,
  departureId: DepartureId,
): AsyncGenerator<readonly Addressee[]> {
  const seen = new Set<string>()
  const onlyNew = (addressees: readonly Addressee[]) =>
    addressees.filter(({ recipient }) => !seen.has(recipient) && seen.add(recipient))
  let after: string | undefined
  do {
    const page = await stores.bookings.listByDeparture(departureId, { limit: PAGE, ...(after && { after }) })
    yield onlyNew(page.items.map((booking) => fromBooking(booking, sealer)))
    after = page.next
  } while (after !== undefined)
  const followers = await stores.subscriptions.listConfirmed(departureId)
  for (let start = 0; start < followers.length; start += PAGE) {
    yield onlyNew(followers.slice(start, start + PAGE).map(fromSubscription))
  }
}

function fromBooking({ id, passenger, demo }: Booking, sealer: Sealer): Addressee {
  const contact = { kind: 'booking', id } as const
  const { email, emailKey } = passenger
  if (!email) return { recipient: sealer.blindIndex(`booking:${id}`), contact, demo, obstacle: 'no e-mail address' }
  if (emailKey) return { recipient: emailKey, contact, demo }
  const clear = openAddress(email, sealer)
  if (clear !== undefined) return { recipient: sealer.blindIndex(clear), contact, demo }
  return { recipient: sealer.blindIndex(`booking:${id}`), contact, demo, obstacle: 'e-mail address cannot be read' }
}

function fromSubscription({ id, recipient, demo }: Subscription): Addressee {
  return { recipient, contact: { kind: 'subscription', id }, demo }
}

/** An address in clear, or `undefined` when it was sealed with a key that is not ours. */
export function openAddress(text: string, sealer: Sealer): string | undefined {
  try {
    return sealer.open(text)
  } catch {
    // Whatever the sealer has against it, the record of this person says so and the others are not held up.
    return undefined
  }
}
