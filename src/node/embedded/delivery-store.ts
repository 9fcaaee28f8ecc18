import { type Delivery, type DeliveryCounts, deliveryStates } from '../../shared/domain/delivery.ts'
import type { DeliveryStore, Settlement } from '../../shared/ports/notice-stores.ts'
import type { EmbeddedDatabase, Statement } from './database.ts'
import { findDocument, listDocuments, numberOf, readBacklog, textOf } from './rows.ts'
import { inSlices } from './slices.ts'

/** Deliveries as documents, with columns for the queue; state lives in both and is written in one statement. */
export function createDeliveryStore(database: EmbeddedDatabase): DeliveryStore {
  return {
    enqueue: createEnqueue(database),
    supersede: createSupersede(database),
    claim: createClaim(database),
    settle: createSettle(database),
    ...createReads(database),
  }
}

function createEnqueue(database: EmbeddedDatabase): DeliveryStore['enqueue'] {
  const insert = database.prepare(
    `INSERT INTO deliveries (id, notice_id, broadcast_id, departure_id, state, sequence, created_at, not_before, document)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
  )
  return async (deliveries) => {
    let added = 0
    await inSlices(database, deliveries, (delivery) => {
      const { id, noticeId, departureId, state, sequence, createdAt, notBefore } = delivery
      const about = [id, noticeId, broadcastOf(noticeId), departureId] as const
      added += insert.run(...about, state, sequence, createdAt, notBefore, JSON.stringify(delivery))
    })
    return added
  }
}

/** Notices of a broadcast are named `<broadcast id>/<departure id>`; see `Notice.id`. */
function broadcastOf(noticeId: string): string | null {
  const end = noticeId.indexOf('/')
  return end === -1 ? null : noticeId.slice(0, end)
}

function createSupersede(database: EmbeddedDatabase): DeliveryStore['supersede'] {
  const find = database.prepare(
    "SELECT id FROM deliveries WHERE departure_id = ? AND state = 'queued' AND sequence < ? LIMIT 1",
  )
  const end = database.prepare(
    `UPDATE deliveries SET state = 'suppressed', document = json_patch(document, ?)
     WHERE departure_id = ? AND state = 'queued' AND sequence < ?`,
  )
  return async (departureId, beforeSequence, at) => {
    // Looking takes no lock; most notices supersede nothing.
    if (!find.get(departureId, beforeSequence)) return 0
    const patch = { state: 'suppressed', reason: 'superseded by a newer notice', updatedAt: at }
    return end.run(JSON.stringify(patch), departureId, beforeSequence)
  }
}

function createClaim(database: EmbeddedDatabase): DeliveryStore['claim'] {
  const find = database.prepare(
    "SELECT id FROM deliveries WHERE state = 'queued' AND not_before <= ? ORDER BY created_at, id LIMIT ?",
  )
  const take = database.prepare(
    `UPDATE deliveries SET state = 'attempting', lease_until = ?, document = json_set(document,
     '$.state', 'attempting', '$.attempts', document ->> 'attempts' + 1, '$.updatedAt', ?) WHERE id = ?`,
  )
  const get = database.prepare('SELECT document FROM deliveries WHERE id = ?')
  return async ({ now, leaseUntil, limit }) => {
    // Looking takes no lock, so idle senders do not hinder those who write. Who gets what is decided under the lock.
    if (limit < 1 || !find.get(now, 1)) return []
    return database.transaction(() => {
      const ids = find.all(now, limit).map((row) => textOf(row, 'id'))
      for (const id of ids) take.run(leaseUntil, now, id)
      return ids.flatMap((id) => findDocument<Delivery>(get, id) ?? [])
    })
  }
}

function createSettle(database: EmbeddedDatabase): DeliveryStore['settle'] {
  const settle = database.prepare(
    `UPDATE deliveries SET state = ?, lease_until = NULL, not_before = coalesce(?, not_before),
     document = json_patch(document, ?) WHERE id = ?`,
  )
  return async (settlements, at) => {
    await inSlices(database, settlements, (settlement) => {
      const { id, state, notBefore } = settlement
      settle.run(state, notBefore ?? null, JSON.stringify(patchOf(settlement, at)), id)
    })
  }
}

/** A null takes the reason of an earlier attempt out; what was uncertain once stays so. */
function patchOf({ id, reason, ...rest }: Settlement, at: number): object {
  return { ...rest, reason: reason ?? null, updatedAt: at }
}

type Reads = 'abandoned' | 'backlog' | 'listByDeparture' | 'countsByNotice' | 'countsByBroadcast' | 'countsByDeparture'

function createReads(database: EmbeddedDatabase): Pick<DeliveryStore, Reads> {
  const abandoned = database.prepare(
    "SELECT document FROM deliveries WHERE state = 'attempting' AND lease_until < ? ORDER BY lease_until, id LIMIT ?",
  )
  const backlog = database.prepare(
    // Two halves, so that each finds its own partial index.
    `SELECT sum(count) AS count, min(oldest_at) AS oldest_at FROM (
     SELECT count(*) AS count, min(created_at) AS oldest_at FROM deliveries WHERE state = 'queued' UNION ALL
     SELECT count(*) AS count, min(created_at) AS oldest_at FROM deliveries WHERE state = 'attempting')`,
  )
  const list = database.prepare('SELECT document FROM deliveries WHERE departure_id = ? ORDER BY created_at, id')
  const countBy = (column: string) =>
    database.prepare(`SELECT state, count(*) AS count FROM deliveries WHERE ${column} = ? GROUP BY state`)
  const [byNotice, byBroadcast, byDeparture] = [countBy('notice_id'), countBy('broadcast_id'), countBy('departure_id')]
  return {
    async abandoned(now, limit) {
      return listDocuments<Delivery>(abandoned, now, limit)
    },
    async backlog() {
      return readBacklog(backlog)
    },
    async listByDeparture(departureId) {
      return listDocuments<Delivery>(list, departureId)
    },
    countsByNotice: async (noticeId) => count(byNotice, noticeId),
    countsByBroadcast: async (broadcastId) => count(byBroadcast, broadcastId),
    countsByDeparture: async (departureId) => count(byDeparture, departureId),
  }
}

function count(query: Statement, value: string): DeliveryCounts {
  const found = new Map(query.all(value).map((row) => [textOf(row, 'state'), numberOf(row, 'count')]))
  const counts = { queued: 0, attempting: 0, sent: 0, delivered: 0, failed: 0, suppressed: 0, uncertain: 0 }
  for (const state of deliveryStates) counts[state] = found.get(state) ?? 0
  return counts
}
