import type { DepartureStore } from './departure-store.ts'
import type { HistoryStore } from './history-store.ts'
import type { BroadcastStore, DeliveryStore, NoticeStore } from './notice-stores.ts'
import type { BookingStore, SubscriptionStore } from './passenger-stores.ts'
import type { StaffStore } from './staff-store.ts'
import type { LeaseStore, MailboxStore, SettingStore } from './system-stores.ts'

/** All stores of one engine, opened and migrated together. */
export interface Stores {
  readonly departures: DepartureStore
  readonly history: HistoryStore
  readonly bookings: BookingStore
  readonly subscriptions: SubscriptionStore
  readonly notices: NoticeStore
  readonly deliveries: DeliveryStore
  readonly broadcasts: BroadcastStore
  readonly staff: StaffStore
  readonly settings: SettingStore
  readonly leases: LeaseStore
  readonly mailbox: MailboxStore
  /** Resolves when the engine answers; throws FlightlineError `FL_STORE_UNAVAILABLE` otherwise. */
  ping(): Promise<void>
  close(): Promise<void>
}
