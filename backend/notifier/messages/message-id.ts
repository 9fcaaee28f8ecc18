import { createHash } from 'node:crypto'

/**
 * The Message-ID of a delivery, without brackets. The same over all attempts, so that mail programs show a critical
 * message that was sent again only once; a hash, because the delivery's id holds the recipient's key.
 */
export function messageIdOf(deliveryId: string): string {
  return `${createHash('sha256').update(deliveryId).digest('hex').slice(0, 40)}@flightline`
}
