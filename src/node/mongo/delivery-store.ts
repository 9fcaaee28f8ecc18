import { randomUUID } from 'node:crypto'
import type { Collection, Filter } from 'mongodb'
import { type Delivery, type DeliveryCounts, deliveryStates } from '../../shared/domain/delivery.ts'
import type { DeliveryStore, Settlement } from '../../shared/ports/notice-stores.ts'
import { insertNew } from './insert-new.ts'

/** A document of `deliveries`. */
export interface DeliveryDocument extends Omit<Delivery, 'id'> {
  readonly _id: string
  readonly broadcastId?: string
  readonly leaseUntil?: number
  /** Names the one call of `claim` that took it. */
  readonly claim?: string
}

type Deliveries = Collection<DeliveryDocument>

/** Deliveries in `deliveries`. */
export function createDeliveryStore(deliveries: Deliveries): DeliveryStore {
  return {
    async enqueue(given) {
      return (await insertNew(deliveries, given.map(toDocument))).size
    },
    async supersede(departureId, beforeSequence, at) {
      const end = { state: 'suppressed' as const, reason: 'superseded by a newer notice', updatedAt: at }
      const filter: Filter<DeliveryDocument> = { departureId, state: 'queued', sequence: { $lt: beforeSequence } }
      return (await deliveries.updateMany(filter, { $set: end })).modifiedCount
    },
    claim: (request) => claim(deliveries, request),
    async settle(settlements, at) {
      if (settlements.length === 0) return
      const updates = settlements.map((settlement) => ({
        updateOne: { filter: { _id: settlement.id }, update: describeSettlement(settlement, at) },
      }))
      await deliveries.bulkWrite(updates, { ordered: false })
    },
    async abandoned(now, limit) {
      const query = deliveries.find({ state: 'attempting', leaseUntil: { $lt: now } })
      return (await query.sort({ leaseUntil: 1, _id: 1 }).limit(limit).toArray()).map(read)
    },
    async backlog() {
      const [waiting] = await deliveries
        .aggregate<{ count: number; oldestAt: number }>([
          { $match: { state: { $in: ['queued', 'attempting'] } } },
          { $group: { _id: null, count: { $sum: 1 }, oldestAt: { $min: '$createdAt' } } },
        ])
        .toArray()
      return waiting ? { count: waiting.count, oldestAt: waiting.oldestAt } : { count: 0 }
    },
    async listByDeparture(departureId) {
      return (await deliveries.find({ departureId }).sort({ createdAt: 1, _id: 1 }).toArray()).map(read)
    },
    countsByNotice: (noticeId) => count(deliveries, { noticeId }),
    countsByBroadcast: (broadcastId) => count(deliveries, { broadcastId }),
    countsByDeparture: (departureId) => count(deliveries, { departureId }),
  }
}

/**
 * Takes the oldest due ones: candidates are looked up, then taken by one update that only still queued ones pass, and
 * what this call took is read back by its mark. Two callers may look up the same ones; each gets only what it took.
 */
async function claim(
  deliveries: Deliveries,
  { now, leaseUntil, limit }: Parameters<DeliveryStore['claim']>[0],
): Promise<readonly Delivery[]> {
  if (limit < 1) return []
  const isDue: Filter<DeliveryDocument> = { state: 'queued', notBefore: { $lte: now } }
  const query = deliveries
    .find(isDue, { projection: { _id: 1 } })
    .sort({ createdAt: 1, _id: 1 })
    .limit(limit)
  const candidates = (await query.toArray()).map(({ _id }) => _id)
  if (candidates.length === 0) return []
  const mark = randomUUID()
  const taken = { state: 'attempting' as const, leaseUntil, claim: mark, updatedAt: now }
  await deliveries.updateMany({ ...isDue, _id: { $in: candidates } }, { $set: taken, $inc: { attempts: 1 } })
  const own = await deliveries.find({ claim: mark, state: 'attempting' }).sort({ createdAt: 1, _id: 1 }).toArray()
  return own.map(read)
}

function describeSettlement({ id: _id, reason, ...rest }: Settlement, at: number) {
  const unset = { leaseUntil: '' as const, claim: '' as const }
  return reason === undefined
    ? { $set: { ...rest, updatedAt: at }, $unset: { ...unset, reason: '' as const } }
    : { $set: { ...rest, reason, updatedAt: at }, $unset: unset }
}

async function count(deliveries: Deliveries, filter: Filter<DeliveryDocument>): Promise<DeliveryCounts> {
  const found = await deliveries
    .aggregate<{ _id: Delivery['state']; count: number }>([
      { $match: filter },
      { $group: { _id: '$state', count: { $sum: 1 } } },
    ])
    .toArray()
  const counts = { queued: 0, attempting: 0, sent: 0, delivered: 0, failed: 0, suppressed: 0, uncertain: 0 }
  for (const state of deliveryStates) counts[state] = found.find(({ _id }) => _id === state)?.count ?? 0
  return counts
}

function toDocument({ id, ...rest }: Delivery): DeliveryDocument {
  // Notices of a broadcast are named `<broadcast id>/<departure id>`; see `Notice.id`.
  const end = rest.noticeId.indexOf('/')
  return { _id: id, ...rest, ...(end !== -1 && { broadcastId: rest.noticeId.slice(0, end) }) }
}

function read({
  _id: id,
  broadcastId: _broadcast,
  leaseUntil: _lease,
  claim: _claim,
  ...rest
}: DeliveryDocument): Delivery {
  return { id, ...rest }
}
