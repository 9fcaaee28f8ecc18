import { BROADCAST_SEQUENCE } from '../../../src/shared/domain/broadcast-notice.ts'
import type { Delivery } from '../../../src/shared/domain/delivery.ts'
import type { NotifierContext } from '../context.ts'

/**
 * Asks, for many deliveries at once, whether a newer notice of their departure was decided meanwhile. Fanning that one
 * out ends what is queued, but not what was just being tried and came back; without this question it would arrive
 * after the newer one.
 */
export async function findSuperseded(
  { stores }: Pick<NotifierContext, 'stores'>,
  deliveries: readonly Delivery[],
): Promise<(delivery: Delivery) => boolean> {
  const newest = new Map<string, number>()
  for (const departureId of new Set(deliveries.map((delivery) => delivery.departureId))) {
    newest.set(departureId, (await stores.notices.state(departureId))?.sequence ?? 0)
  }
  return ({ departureId, sequence }) => sequence !== BROADCAST_SEQUENCE && sequence < (newest.get(departureId) ?? 0)
}
