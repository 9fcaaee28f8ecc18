import { ObjectId } from 'mongodb'
import { z } from 'zod'

/** An `_id` as it may lie in the collection: ours is text, other systems leave it to their driver or count. */
export const rawIdSchema = z.union([z.string(), z.number(), z.instanceof(ObjectId)])

type RawId = z.output<typeof rawIdSchema>

/** The id by which we speak of a booking. */
export function readId(raw: RawId): string {
  return raw instanceof ObjectId ? raw.toHexString() : String(raw)
}

/** Finds bookings by our ids, in whatever form they lie in the collection. */
export function withIds(ids: readonly string[]): { readonly _id: { readonly $in: RawId[] } } {
  return { _id: { $in: ids.flatMap(formsOf) } }
}

function formsOf(id: string): RawId[] {
  const asNumber = /^-?\d{1,15}$/.test(id) ? [Number(id)] : []
  const asObject = /^[0-9a-f]{24}$/.test(id) ? [new ObjectId(id)] : []
  return [id, ...asNumber, ...asObject]
}

/** Where a page ended. Comparisons in MongoDB never leave their type, so the place has to name its type. */
export function formatPlace(raw: RawId): string {
  if (raw instanceof ObjectId) return `o:${raw.toHexString()}`
  return typeof raw === 'number' ? `n:${raw}` : `s:${raw}`
}

/** What comes after a place, in MongoDB's order of types: numbers, text, object ids. */
export function afterPlace(place: string) {
  const value = place.slice(2)
  const [texts, objects] = [{ _id: { $type: 'string' as const } }, { _id: { $type: 'objectId' as const } }]
  if (place.startsWith('o:')) return { _id: { $gt: new ObjectId(value) } }
  if (place.startsWith('n:')) return { $or: [{ _id: { $gt: Number(value) } }, texts, objects] }
  return { $or: [{ _id: { $gt: value } }, objects] }
}
