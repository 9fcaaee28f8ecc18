import type { Collection, WithId } from 'mongodb'
import type { Broadcast } from '../../shared/domain/broadcast.ts'
import type { BroadcastStore } from '../../shared/ports/notice-stores.ts'
import { isDuplicateKey } from './store-error.ts'

/** A document of `broadcasts`. */
export interface BroadcastDocument extends Omit<Broadcast, 'id'> {
  readonly _id: string
  readonly isPublished: boolean
}

/** Broadcasts in `broadcasts`. */
export function createBroadcastStore(broadcasts: Collection<BroadcastDocument>): BroadcastStore {
  return {
    async add({ id, ...rest }) {
      try {
        await broadcasts.insertOne({ _id: id, ...rest, isPublished: false })
        return { id, ...rest }
      } catch (error) {
        const first = isDuplicateKey(error) ? await broadcasts.findOne({ commandId: rest.commandId }) : null
        if (!first) throw error
        return read(first)
      }
    },
    async get(id) {
      const found = await broadcasts.findOne({ _id: id })
      return found ? read(found) : undefined
    },
    async latest(limit) {
      return (await broadcasts.find().sort({ createdAt: -1, _id: -1 }).limit(limit).toArray()).map(read)
    },
    async valid(now) {
      return (
        await broadcasts
          .find({ validUntil: { $gt: now } })
          .sort({ createdAt: 1, _id: 1 })
          .toArray()
      ).map(read)
    },
    async unpublished(limit) {
      const query = broadcasts.find({ isPublished: false }).sort({ createdAt: 1, _id: 1 }).limit(limit)
      return (await query.toArray()).map(read)
    },
    async markPublished(ids) {
      await broadcasts.updateMany({ _id: { $in: [...ids] } }, { $set: { isPublished: true } })
    },
  }
}

function read({ _id: id, isPublished: _isPublished, ...rest }: WithId<BroadcastDocument>): Broadcast {
  return { id, ...rest }
}
