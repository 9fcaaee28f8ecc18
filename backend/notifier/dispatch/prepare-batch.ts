import type { Delivery } from '../../../src/shared/domain/delivery.ts'
import type { EmailChannel, EmailMessage } from '../../../src/shared/ports/email-channel.ts'
import type { Settlement } from '../../../src/shared/ports/notice-stores.ts'
import { type DispatchContext, pickChannel } from './dispatch-context.ts'
import { type FoundRecipient, findRecipients } from './find-recipients.ts'
import { findSuperseded } from './find-superseded.ts'
import type { SendableNotice } from './notice-cache.ts'

/** A delivery with the message to send. */
export interface ReadyDelivery {
  readonly delivery: Delivery
  readonly critical: boolean
  readonly message: EmailMessage
  readonly channel: EmailChannel
}

/** What was claimed, sorted into what is sent and what comes to its end unsent. */
export interface PreparedBatch {
  readonly ready: readonly ReadyDelivery[]
  readonly unsent: readonly { readonly delivery: Delivery; readonly settlement: Settlement }[]
}

/** Writes the messages of claimed deliveries, and finds out which of them are not to be sent after all. */
export async function prepareBatch(context: DispatchContext, deliveries: readonly Delivery[]): Promise<PreparedBatch> {
  const isSuperseded = await findSuperseded(context, deliveries)
  const recipientOf = await findRecipients(context, deliveries)
  const ready: ReadyDelivery[] = []
  const unsent: { delivery: Delivery; settlement: Settlement }[] = []
  for (const delivery of deliveries) {
    const sendable = await context.findNotice(delivery.noticeId)
    const found = recipientOf(delivery)
    const fate = judge(sendable, found, { isSuperseded: isSuperseded(delivery), now: context.clock.wall() })
    if ('state' in fate) {
      unsent.push({ delivery, settlement: { id: delivery.id, ...fate } })
    } else {
      const { notice, recipient, demo } = fate
      const channel = pickChannel(context, delivery.demo || demo || notice.departure.demo)
      const message = context.write(delivery, notice, recipient)
      ready.push({ delivery, critical: notice.critical, message, channel })
    }
    await context.breathe()
  }
  return { ready, unsent }
}

type Sendable = Pick<SendableNotice, 'notice'> & Extract<FoundRecipient, { recipient: unknown }>

function judge(
  sendable: SendableNotice | undefined,
  found: FoundRecipient,
  { isSuperseded, now }: { readonly isSuperseded: boolean; readonly now: number },
): Sendable | Omit<Settlement, 'id'> {
  if (!sendable) return { state: 'failed', reason: 'its notice is gone' }
  if (isSuperseded) return { state: 'suppressed', reason: 'superseded by a newer notice' }
  const { notice, validUntil } = sendable
  if (validUntil !== undefined && now >= validUntil) {
    return { state: 'suppressed', reason: 'expired before it could be sent' }
  }
  if ('obstacle' in found) return { state: found.isFailure ? 'failed' : 'suppressed', reason: found.obstacle }
  return { notice, ...found }
}
