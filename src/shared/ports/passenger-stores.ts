import type { DepartureId } from '../domain/departure-id.ts'
import type { Instant } from '../domain/instant.ts'
import type { Booking, Subscription } from '../domain/passenger.ts'

/** A page of something read by key: go on with `next` until it is absent. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly next?: string
}

/** Who travels on what. */
export interface BookingStore {
  /** Writes bookings; an existing one with the same id is replaced. Returns how many were new. */
  putAll(bookings: readonly Booking[]): Promise<number>
  get(id: string): Promise<Booking | undefined>
  getAll(ids: readonly string[]): Promise<readonly Booking[]>
  /** Bookings of one departure in order of id. */
  listByDeparture(
    departureId: DepartureId,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<Page<Booking>>
  /** How many bookings the departures have together. */
  countByDepartures(departureIds: readonly DepartureId[]): Promise<number>
  count(): Promise<number>
}

/** Who follows what without a booking. */
export interface SubscriptionStore {
  /**
   * Adds a pending one. The same recipient and departure again keeps the first id and, since it is derived from that,
   * the unsubscribe token; all else is as asked now. One that was confirmed stays so, one that was ended starts anew.
   */
  request(subscription: Subscription): Promise<Subscription>
  /**
   * @returns the confirmed subscription, also when it was confirmed before; `undefined` for an unknown hash and for a
   * subscription that was ended
   */
  confirm(confirmHash: string, at: Instant): Promise<Subscription | undefined>
  /** Ends it; repeating changes nothing. */
  end(unsubscribeHash: string, at: Instant): Promise<Subscription | undefined>
  get(id: string): Promise<Subscription | undefined>
  getAll(ids: readonly string[]): Promise<readonly Subscription[]>
  /** Looks one up by either of its token hashes without changing it. */
  findByToken(hash: string): Promise<Subscription | undefined>
  /** Confirmed and not ended, in order of id. */
  listConfirmed(departureId: DepartureId): Promise<readonly Subscription[]>
}
