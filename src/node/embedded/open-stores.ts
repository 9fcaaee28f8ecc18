import type { Stores } from '../../shared/ports/stores.ts'
import { createBookingStore } from './booking-store.ts'
import { createBroadcastStore } from './broadcast-store.ts'
import type { EmbeddedDatabase } from './database.ts'
import { createDeliveryStore } from './delivery-store.ts'
import { createDepartureStore } from './departure-store.ts'
import { createHistoryStore } from './history-store.ts'
import { createLeaseStore } from './lease-store.ts'
import { createMailboxStore } from './mailbox-store.ts'
import { createNoticeStore } from './notice-store.ts'
import { createSettingStore } from './setting-store.ts'
import { createStaffStore } from './staff-store.ts'
import { createSubscriptionStore } from './subscription-store.ts'

/** All stores on one connection; closing them closes it. */
export function openEmbeddedStores(database: EmbeddedDatabase): Stores {
  const ping = database.prepare('SELECT count(*) AS count FROM settings')
  return {
    departures: createDepartureStore(database),
    history: createHistoryStore(database),
    bookings: createBookingStore(database),
    subscriptions: createSubscriptionStore(database),
    notices: createNoticeStore(database),
    deliveries: createDeliveryStore(database),
    broadcasts: createBroadcastStore(database),
    staff: createStaffStore(database),
    settings: createSettingStore(database),
    leases: createLeaseStore(database),
    mailbox: createMailboxStore(database),
    async ping() {
      ping.get()
    },
    async close() {
      database.close()
    },
  }
}
