import type { Delivery } from '../../../src/shared/domain/delivery.ts'

/**
 * Splits a batch so that no part holds two deliveries to one person about one departure: what is sent over several
 * connections at once may overtake, and nobody is to get the older after the newer.
 * @param items - oldest first
 */
export function toWaves<Item extends { readonly delivery: Pick<Delivery, 'recipient' | 'departureId'> }>(
  items: readonly Item[],
): readonly (readonly Item[])[] {
  const waves: Item[][] = []
  const earlier = new Map<string, number>()
  for (const item of items) {
    const key = `${item.delivery.recipient}|${item.delivery.departureId}`
    const wave = earlier.get(key) ?? 0
    earlier.set(key, wave + 1)
    const members = waves[wave] ?? []
    members.push(item)
    waves[wave] = members
  }
  return waves
}
