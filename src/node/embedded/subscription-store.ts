import type { Subscription } from '../../shared/domain/passenger.ts'
import type { SubscriptionStore } from '../../shared/ports/passenger-stores.ts'
import type { EmbeddedDatabase } from './database.ts'
import { asList, findDocument, listDocuments } from './rows.ts'

/** Subscriptions as documents; one per recipient and departure. */
export function createSubscriptionStore(database: EmbeddedDatabase): SubscriptionStore {
  const save = createSave(database)
  const byPerson = database.prepare('SELECT document FROM subscriptions WHERE departure_id = ? AND recipient = ?')
  const byConfirm = database.prepare('SELECT document FROM subscriptions WHERE confirm_hash = ?')
  const byUnsubscribe = database.prepare('SELECT document FROM subscriptions WHERE unsubscribe_hash = ?')
  return {
    ...createReads(database),
    async request(asked) {
      return database.transaction(() => {
        const known = findDocument<Subscription>(byPerson, asked.departureId, asked.recipient)
        return save(known ? renew(known, asked) : asked)
      })
    },
    async confirm(confirmHash, at) {
      return database.transaction(() => {
        const known = findDocument<Subscription>(byConfirm, confirmHash)
        // The link in an old mail does not bring back what its reader has ended since.
        if (!known || known.endedAt !== undefined) return undefined
        return known.confirmedAt === undefined ? save({ ...known, confirmedAt: at }) : known
      })
    },
    async end(unsubscribeHash, at) {
      return database.transaction(() => {
        const known = findDocument<Subscription>(byUnsubscribe, unsubscribeHash)
        return known && known.endedAt === undefined ? save({ ...known, endedAt: at }) : known
      })
    },
  }
}

type Reads = 'get' | 'getAll' | 'findByToken' | 'listConfirmed'

function createReads(database: EmbeddedDatabase): Pick<SubscriptionStore, Reads> {
  const get = database.prepare('SELECT document FROM subscriptions WHERE id = ?')
  const getAll = database.prepare(
    'SELECT document FROM subscriptions WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id',
  )
  const byToken = database.prepare(
    'SELECT document FROM subscriptions WHERE confirm_hash = ?1 OR unsubscribe_hash = ?1',
  )
  const active = database.prepare(
    'SELECT document FROM subscriptions WHERE departure_id = ? AND is_active = 1 ORDER BY id',
  )
  return {
    async get(id) {
      return findDocument<Subscription>(get, id)
    },
    async getAll(ids) {
      return listDocuments<Subscription>(getAll, asList(ids))
    },
    async findByToken(hash) {
      return findDocument<Subscription>(byToken, hash)
    },
    async listConfirmed(departureId) {
      return listDocuments<Subscription>(active, departureId)
    },
  }
}

/** One that was confirmed stays so; one that was ended begins anew. */
function renew(known: Subscription, asked: Subscription): Subscription {
  const { id, unsubscribeHash, confirmedAt, endedAt } = known
  const isActive = confirmedAt !== undefined && endedAt === undefined
  return { ...asked, id, unsubscribeHash, ...(isActive && { confirmedAt }) }
}

function createSave(database: EmbeddedDatabase): (subscription: Subscription) => Subscription {
  const upsert = database.prepare(
    `INSERT INTO subscriptions (id, departure_id, recipient, confirm_hash, unsubscribe_hash, is_active, document)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
     confirm_hash = excluded.confirm_hash, is_active = excluded.is_active, document = excluded.document`,
  )
  return (subscription) => {
    const { id, departureId, recipient, confirmHash, unsubscribeHash, confirmedAt, endedAt } = subscription
    const isActive = confirmedAt !== undefined && endedAt === undefined ? 1 : 0
    upsert.run(id, departureId, recipient, confirmHash, unsubscribeHash, isActive, JSON.stringify(subscription))
    return subscription
  }
}
