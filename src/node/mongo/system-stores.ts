import type { Collection } from 'mongodb'
import type { LeaseStore, MailboxMessage, MailboxStore, SettingStore } from '../../shared/ports/system-stores.ts'
import { insertNew } from './insert-new.ts'
import { isDuplicateKey } from './store-error.ts'

/** A document of `settings`. */
export interface SettingDocument {
  readonly _id: string
  readonly value: string
}

/** A document of `leases`. */
export interface LeaseDocument {
  readonly _id: string
  readonly owner: string
  readonly until: number
}

/** A document of `mailbox`. */
export type MailboxDocument = Omit<MailboxMessage, 'id'> & { readonly _id: string }

/** Named values in `settings`. */
export function createSettingStore(settings: Collection<SettingDocument>): SettingStore {
  return {
    get: async (name) => (await settings.findOne({ _id: name }))?.value,
    async set(name, value) {
      await settings.replaceOne({ _id: name }, { value }, { upsert: true })
    },
  }
}

/** Leases in `leases`. */
export function createLeaseStore(leases: Collection<LeaseDocument>): LeaseStore {
  return {
    async acquire({ name, owner, now, ttl }) {
      const isFree = { _id: name, $or: [{ owner }, { until: { $lte: now } }] }
      try {
        await leases.updateOne(isFree, { $set: { owner, until: now + ttl } }, { upsert: true })
        return true
      } catch (error) {
        // The upsert met the document of another holder: the lease is taken.
        if (isDuplicateKey(error)) return false
        throw error
      }
    },
    async release(name, owner) {
      await leases.deleteOne({ _id: name, owner })
    },
  }
}

/** Messages without a provider in `mailbox`. */
export function createMailboxStore(mailbox: Collection<MailboxDocument>): MailboxStore {
  return {
    async put(messages) {
      const fresh = await insertNew(
        mailbox,
        messages.map(({ id, ...rest }) => ({ _id: id, ...rest })),
      )
      return messages.filter((_, position) => fresh.has(position)).map(({ id }) => id)
    },
    async known(ids) {
      const found = await mailbox.find({ _id: { $in: [...ids] } }, { projection: { _id: 1 } }).toArray()
      return found.map(({ _id }) => _id)
    },
    async list({ to, limit }) {
      const query = mailbox
        .find(to === undefined ? {} : { to })
        .sort({ at: -1, _id: -1 })
        .limit(limit)
      return (await query.toArray()).map(({ _id: id, ...rest }) => ({ id, ...rest }))
    },
    count: () => mailbox.countDocuments(),
  }
}
