import { describeBookingStore } from './booking-store.contract.ts'
import { describeBroadcastStore } from './broadcast-store.contract.ts'
import { describeDeliveryStore } from './delivery-store.contract.ts'
import { describeDepartureStore } from './departure-store.contract.ts'
import { describeHistoryStore } from './history-store.contract.ts'
import { describeNoticeStore } from './notice-store.contract.ts'
import { describeStaffStore } from './staff-store.contract.ts'
import type { OpenPair } from './store-pair.ts'
import { describeSubscriptionStore } from './subscription-store.contract.ts'
import { describeSystemStores } from './system-stores.contract.ts'

/** Every suite of a store port, for one engine. */
export function describeStores(name: string, open: OpenPair): void {
  describeDepartureStore(name, open)
  describeHistoryStore(name, open)
  describeBookingStore(name, open)
  describeSubscriptionStore(name, open)
  describeNoticeStore(name, open)
  describeDeliveryStore(name, open)
  describeBroadcastStore(name, open)
  describeStaffStore(name, open)
  describeSystemStores(name, open)
}
