import type { Collection, WithId } from 'mongodb'
import type { Subscription } from '../../shared/domain/passenger.ts'
import type { SubscriptionStore } from '../../shared/ports/passenger-stores.ts'
import { isDuplicateKey } from './store-error.ts'

/** A document of `subscriptions`. */
export type SubscriptionDocument = Omit<Subscription, 'id'> & { readonly _id: string }

/** Subscriptions in `subscriptions`. */
export function createSubscriptionStore(subscriptions: Collection<SubscriptionDocument>): SubscriptionStore {
  const find = async (filter: Parameters<typeof subscriptions.findOne>[0]) => {
    const found = await subscriptions.findOne(filter ?? {})
    return found ? read(found) : undefined
  }
  return {
    request: (subscription) => request(subscriptions, subscription),
    async confirm(confirmHash, at) {
      // The link in an old mail does not bring back what its reader has ended since.
      const isActive = { confirmHash, endedAt: { $exists: false } }
      await subscriptions.updateOne({ ...isActive, confirmedAt: { $exists: false } }, { $set: { confirmedAt: at } })
      return find(isActive)
    },
    async end(unsubscribeHash, at) {
      await subscriptions.updateOne({ unsubscribeHash, endedAt: { $exists: false } }, { $set: { endedAt: at } })
      return find({ unsubscribeHash })
    },
    get: (id) => find({ _id: id }),
    async getAll(ids) {
      return (await subscriptions.find({ _id: { $in: [...ids] } }).toArray()).map(read)
    },
    findByToken: (hash) => find({ $or: [{ confirmHash: hash }, { unsubscribeHash: hash }] }),
    async listConfirmed(departureId) {
      const filter = { departureId, confirmedAt: { $exists: true }, endedAt: { $exists: false } }
      return (await subscriptions.find(filter).sort({ _id: 1 }).toArray()).map(read)
    },
  }
}

/** The first id stays, since delivered mails refer to it. One that was ended begins anew, unconfirmed. */
async function request(
  subscriptions: Collection<SubscriptionDocument>,
  { id, ...asked }: Subscription,
): Promise<Subscription> {
  const { departureId, recipient, address, language, confirmHash, createdAt, demo } = asked
  const person = { departureId, recipient }
  const renew = async () => {
    await subscriptions.updateOne(
      { ...person, endedAt: { $exists: true } },
      { $unset: { endedAt: '', confirmedAt: '' } },
    )
    const renewed = { address, language, confirmHash, createdAt, demo }
    return subscriptions.findOneAndUpdate(person, { $set: renewed }, { returnDocument: 'after' })
  }
  const known = await renew()
  if (known) return read(known)
  try {
    await subscriptions.insertOne({ _id: id, ...asked })
    return { id, ...asked }
  } catch (error) {
    const raced = isDuplicateKey(error) ? await renew() : null
    if (!raced) throw error
    return read(raced)
  }
}

function read({ _id: id, ...rest }: WithId<SubscriptionDocument>): Subscription {
  return { id, ...rest }
}
