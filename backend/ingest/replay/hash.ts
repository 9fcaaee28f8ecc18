/** Made-up values come from a hash of what they belong to: the same day always plays the same way. */
export function chance(key: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < key.length; index += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193)
  }
  // FNV alone leaves keys that differ in their last letter close together; this spreads them.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32
}

/** A whole number from `least` to `most`, both possible. */
export function pick(key: string, [least, most]: readonly [number, number]): number {
  return least + Math.floor(chance(key) * (most - least + 1))
}

/** One of several. @throws RangeError when there is none */
export function pickOne<Item>(key: string, items: readonly Item[]): Item {
  const item = items[Math.floor(chance(key) * items.length)]
  if (item === undefined) throw new RangeError('nothing to pick from')
  return item
}
