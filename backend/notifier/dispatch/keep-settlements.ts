import { type Delivery, isSettled } from '../../../src/shared/domain/delivery.ts'
import type { Settlement } from '../../../src/shared/ports/notice-stores.ts'
import type { DispatchContext } from './dispatch-context.ts'

/** A delivery and how its attempt ended. */
export interface SettledDelivery {
  readonly delivery: Delivery
  readonly settlement: Settlement
}

/** Writes how attempts ended, then tells the log about those that are at their end. */
export async function keepSettlements(context: DispatchContext, settled: readonly SettledDelivery[]): Promise<void> {
  if (settled.length === 0) return
  const at = context.clock.wall()
  await context.stores.deliveries.settle(
    settled.map(({ settlement }) => settlement),
    at,
  )
  for (const { delivery, settlement } of settled) context.figures.settled(delivery, settlement.state, at)
  const ended = settled.filter(({ settlement }) => isSettled(settlement.state))
  context.events.offer(ended.map(({ delivery, settlement }) => merge(delivery, settlement, at)))
}

function merge(delivery: Delivery, { state, reason, wasUncertain }: Settlement, at: number): Delivery {
  const { reason: _, ...rest } = delivery
  return { ...rest, state, updatedAt: at, ...(reason && { reason }), ...(wasUncertain && { wasUncertain }) }
}
