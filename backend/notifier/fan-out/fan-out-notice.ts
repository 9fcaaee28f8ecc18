import { BROADCAST_SEQUENCE, broadcastIdOf } from '../../../src/shared/domain/broadcast-notice.ts'
import { type Channel, type Delivery, formatDeliveryId } from '../../../src/shared/domain/delivery.ts'
import type { Notice } from '../../../src/shared/domain/notice.ts'
import type { NotifierContext } from '../context.ts'
import { type Addressee, listRecipients } from './list-recipients.ts'

/** A notice and its place among those of its departure. */
export interface SequencedNotice {
  readonly notice: Notice
  readonly sequence: number
}

/**
 * Makes one delivery per person concerned and channel, and ends what older notices of the departure still have in the
 * queue. Ids follow from notice and person, so after a crash it is simply done again.
 */
export async function fanOutNotice(context: NotifierContext, { notice, sequence }: SequencedNotice): Promise<void> {
  const { stores, clock, figures, breathe } = context
  const terms = await readTerms(context, notice)
  if (sequence !== BROADCAST_SEQUENCE) {
    await stores.deliveries.supersede(notice.departureId, sequence, clock.wall())
  }
  let recipients = 0
  for await (const addressees of listRecipients(context, notice.departureId)) {
    await breathe()
    const at = clock.wall()
    const deliveries = addressees.flatMap((addressee) =>
      terms.channels.map((channel) => writeDelivery({ notice, sequence }, addressee, { ...terms, channel, at })),
    )
    figures.fannedOut(await stores.deliveries.enqueue(deliveries))
    recipients += addressees.length
    await breathe()
  }
  await stores.notices.markFannedOut(notice.id, recipients)
}

interface Terms {
  readonly channels: readonly Channel[]
  /** Why nobody is to be sent this any more. */
  readonly obstacle?: string
}

async function readTerms({ stores, clock }: NotifierContext, notice: Notice): Promise<Terms> {
  const broadcastId = broadcastIdOf(notice)
  const broadcast = broadcastId === undefined ? undefined : await stores.broadcasts.get(broadcastId)
  if (!broadcast) return { channels: ['email'] }
  const isOver = clock.wall() >= broadcast.validUntil
  return { channels: broadcast.channels, ...(isOver && { obstacle: 'expired before it could be sent' }) }
}

function writeDelivery(
  { notice, sequence }: SequencedNotice,
  addressee: Addressee,
  { obstacle, channel, at }: Omit<Terms, 'channels'> & { readonly channel: Channel; readonly at: number },
): Delivery {
  const { recipient, contact } = addressee
  // Promise 4 wants a record per channel that was asked for, also where this installation has no provider for it.
  const noProvider = channel === 'email' ? undefined : `no provider for ${channel}`
  const reason = noProvider ?? obstacle ?? addressee.obstacle
  return {
    id: formatDeliveryId(notice.id, recipient, channel),
    noticeId: notice.id,
    departureId: notice.departureId,
    channel,
    recipient,
    contact,
    state: reason ? 'suppressed' : 'queued',
    ...(reason && { reason }),
    attempts: 0,
    demo: addressee.demo || notice.departure.demo,
    createdAt: notice.createdAt,
    updatedAt: at,
    notBefore: notice.dueAt,
    sequence,
  }
}
