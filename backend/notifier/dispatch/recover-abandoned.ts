import type { Delivery } from '../../../src/shared/domain/delivery.ts'
import { messageIdOf } from '../messages/message-id.ts'
import { type DispatchContext, pickChannel } from './dispatch-context.ts'
import { findSuperseded } from './find-superseded.ts'
import { keepSettlements, type SettledDelivery } from './keep-settlements.ts'
import { settleOutcome } from './settle-outcome.ts'

const LIMIT = 500

/**
 * Settles attempts whose sender died. Where the channel can tell, they were sent or go back into the queue; where it
 * cannot, they are uncertain, and only critical ones that nothing newer has overtaken are sent again. Run by the one
 * sender between its batches, so none of its own attempts is under way.
 * @returns whether there may be more
 */
export async function recoverAbandoned(context: DispatchContext): Promise<boolean> {
  const abandoned = await context.stores.deliveries.abandoned(context.clock.wall(), LIMIT)
  if (abandoned.length === 0) return false
  const { mailbox } = context
  const isKept = (delivery: Delivery) => pickChannel(context, delivery.demo) === mailbox
  const settled = [
    ...(await settleKept(context, abandoned.filter(isKept))),
    ...(await settleUncertain(
      context,
      abandoned.filter((delivery) => !isKept(delivery)),
    )),
  ]
  await keepSettlements(context, settled)
  context.logger.warn({ part: 'notifier', count: abandoned.length }, 'attempts of a sender that died were settled')
  return abandoned.length === LIMIT
}

async function settleKept(
  { mailbox, clock }: DispatchContext,
  deliveries: readonly Delivery[],
): Promise<readonly SettledDelivery[]> {
  const ids = new Map(deliveries.map((delivery) => [delivery.id, messageIdOf(delivery.id)]))
  const accepted = await mailbox.accepted([...ids.values()])
  return deliveries.map((delivery) => {
    const { id } = delivery
    const isSent = accepted?.has(ids.get(id) ?? '') ?? false
    const again = { id, state: 'queued', reason: 'its sender died before sending', notBefore: clock.wall() } as const
    return { delivery, settlement: isSent ? { id, state: 'sent' } : again }
  })
}

async function settleUncertain(
  context: DispatchContext,
  deliveries: readonly Delivery[],
): Promise<readonly SettledDelivery[]> {
  const isSuperseded = await findSuperseded(context, deliveries)
  const outcome = { outcome: 'uncertain', reason: 'its sender died in the middle of an attempt' } as const
  const settled: SettledDelivery[] = []
  for (const delivery of deliveries) {
    const notice = (await context.findNotice(delivery.noticeId))?.notice
    const critical = notice?.critical === true && !isSuperseded(delivery)
    settled.push({ delivery, settlement: settleOutcome({ delivery, critical, outcome }, context.clock.wall()) })
  }
  return settled
}
