import type { BroadcastProgress } from '../../../shared/api/schemas.ts'
import { type DeliveryState, deliveryStates, isSettled } from '../../../shared/domain/delivery.ts'

/** How far a broadcast has got, for a bar and its legend. */
export interface ProgressView {
  readonly total: number
  readonly settled: number
  /** 0 to 100. */
  readonly percent: number
  readonly isDone: boolean
  readonly parts: readonly { readonly state: DeliveryState; readonly count: number; readonly label: string }[]
}

const labels: Readonly<Record<DeliveryState, string>> = {
  queued: 'queued',
  attempting: 'being sent',
  sent: 'sent',
  delivered: 'delivered',
  failed: 'failed',
  suppressed: 'not sent on purpose',
  uncertain: 'uncertain',
}

/**
 * Reads the counts of a broadcast. Deliveries are made by the notifier some time after the broadcast: until there are
 * as many as there were passengers counted, an all-settled handful is not the end.
 */
export function progressView({
  deliveries,
  passengers,
}: Pick<BroadcastProgress, 'deliveries' | 'passengers'>): ProgressView {
  const made = deliveryStates.reduce((sum, state) => sum + deliveries[state], 0)
  const total = Math.max(made, passengers)
  const settled = deliveryStates.filter(isSettled).reduce((sum, state) => sum + deliveries[state], 0)
  return {
    total,
    settled,
    percent: total === 0 ? 100 : Math.floor((settled / total) * 100),
    isDone: settled >= total,
    parts: deliveryStates
      .filter((state) => deliveries[state] > 0)
      .map((state) => ({ state, count: deliveries[state], label: labels[state] })),
  }
}
