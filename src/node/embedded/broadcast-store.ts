import type { Broadcast } from '../../shared/domain/broadcast.ts'
import type { BroadcastStore } from '../../shared/ports/notice-stores.ts'
import type { EmbeddedDatabase } from './database.ts'
import { findDocument, listDocuments } from './rows.ts'
import { inSlices } from './slices.ts'

/** Broadcasts as documents; the outbox is a mark on the row. */
export function createBroadcastStore(database: EmbeddedDatabase): BroadcastStore {
  const insert = database.prepare(
    `INSERT INTO broadcasts (id, command_id, created_at, valid_until, document) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (command_id) DO NOTHING`,
  )
  const byCommand = database.prepare('SELECT document FROM broadcasts WHERE command_id = ?')
  return {
    ...createReads(database),
    async add(broadcast) {
      const { id, commandId, createdAt, validUntil } = broadcast
      insert.run(id, commandId, createdAt, validUntil, JSON.stringify(broadcast))
      return findDocument<Broadcast>(byCommand, commandId) ?? broadcast
    },
  }
}

function createReads(database: EmbeddedDatabase): Omit<BroadcastStore, 'add'> {
  const get = database.prepare('SELECT document FROM broadcasts WHERE id = ?')
  const latest = database.prepare('SELECT document FROM broadcasts ORDER BY created_at DESC, id DESC LIMIT ?')
  const valid = database.prepare('SELECT document FROM broadcasts WHERE valid_until > ? ORDER BY valid_until')
  const unpublished = database.prepare(
    'SELECT document FROM broadcasts WHERE is_published = 0 ORDER BY created_at, id LIMIT ?',
  )
  const publish = database.prepare('UPDATE broadcasts SET is_published = 1 WHERE id = ? AND is_published = 0')
  return {
    async get(id) {
      return findDocument<Broadcast>(get, id)
    },
    async latest(limit) {
      return listDocuments<Broadcast>(latest, limit)
    },
    async valid(now) {
      // Sorted here: few are valid of the many kept, and the index knows those.
      return listDocuments<Broadcast>(valid, now).toSorted((left, right) => left.createdAt - right.createdAt)
    },
    async unpublished(limit) {
      return listDocuments<Broadcast>(unpublished, limit)
    },
    async markPublished(ids) {
      await inSlices(database.derived, ids, (id) => publish.run(id))
    },
  }
}
