import type { Delivery } from '../domain/delivery.ts'
import type { LogMessage } from '../ports/event-log.ts'
import type { CloudEvent } from './cloud-event.ts'
import { formatInstant } from './instant-schema.ts'

/** Type of the event on `delivery_events`. */
const DELIVERY_SETTLED = 'flightline.delivery.settled.v1'

/**
 * Writes the event of a delivery that came to an end: key = departure id, id = `<delivery id>#<attempts>`.
 * Holds no address, only the keyed hash of the recipient.
 */
export function encodeDeliverySettled(delivery: Delivery): LogMessage {
  const { departureId, noticeId, channel, recipient, state, attempts, demo } = delivery
  const id = `${delivery.id}#${attempts}`
  const event: CloudEvent<unknown> = {
    specversion: '1.0',
    id,
    source: '/flightline/notifier',
    type: DELIVERY_SETTLED,
    subject: departureId,
    time: formatInstant(delivery.updatedAt),
    datacontenttype: 'application/json',
    data: {
      noticeId,
      departureId,
      channel,
      recipient,
      state,
      attempts,
      demo,
      ...(delivery.reason && { reason: delivery.reason }),
    },
  }
  return { key: departureId, id, value: JSON.stringify(event) }
}
