import type { Document } from 'mongodb'
import type { Amendment } from '../../shared/domain/change.ts'
import type { CommitResult, DepartureStore, OutboxBacklog } from '../../shared/ports/departure-store.ts'
import type { Log } from '../../shared/ports/log.ts'
import { commitAmendment, type Flights } from './departure-commit.ts'
import { readDeparture, readOutboxEntry } from './departure-document.ts'
import { watchFlights } from './departure-watch.ts'
import { adoptEdit, findExternalEdits, restoreEdit } from './external-edits.ts'
import { inLanes } from './lanes.ts'

/** What the store needs besides its collection. */
export interface DepartureStoreParts {
  readonly logger: Log
  /** Wall clock. */
  readonly now: () => number
}

/** Departures in `flights`, each with its outbox inside the document. */
export function createDepartureStore(flights: Flights, { logger, now }: DepartureStoreParts): DepartureStore {
  return {
    async get(id) {
      const found = await flights.findOne({ _id: id }, { projection: { outbox: 0 } })
      return found ? readDeparture(found) : undefined
    },
    async listBetween(from, to) {
      const range = { $gte: new Date(from), $lt: new Date(to) }
      const query = flights.find({ 'accepted.scheduledAt': range }, { projection: { outbox: 0, commands: 0 } })
      const found = await query.sort({ 'accepted.scheduledAt': 1, _id: 1 }).batchSize(1000).toArray()
      return found.map(readDeparture)
    },
    commit: (amendment) => commitAmendment(flights, amendment),
    commitAll: (amendments) => commitAll(flights, amendments),
    unpublished: (limit) => unpublished(flights, limit),
    markPublished: (changes) => markPublished(flights, changes),
    backlog: () => backlog(flights),
    externalEdits: (among) => findExternalEdits(flights, now(), among),
    restore: (edit) => restoreEdit(flights, edit),
    adopt: (edit, amendment) => adoptEdit(flights, edit, amendment),
    watch: (wake) => watchFlights(flights, wake, logger),
  }
}

/** In order for each departure, side by side for different ones. */
async function commitAll(flights: Flights, amendments: readonly Amendment[]): Promise<readonly CommitResult[]> {
  return inLanes(amendments, {
    lanes: 16,
    laneOf: ({ next }) => next.id,
    run: (amendment) => commitAmendment(flights, amendment),
  })
}

async function markPublished(flights: Flights, changes: Parameters<DepartureStore['markPublished']>[0]): Promise<void> {
  if (changes.length === 0) return
  const byDeparture = Map.groupBy(changes, (change) => change.departureId)
  const pulls = [...byDeparture].map(([id, published]) => {
    const revisions = published.map(({ revision }) => revision)
    const update: Document = { $pull: { outbox: { revision: { $in: revisions } } } }
    return { updateOne: { filter: { _id: id }, update } }
  })
  await flights.bulkWrite(pulls, { ordered: false })
}

async function unpublished(flights: Flights, limit: number) {
  const isWaiting = { 'outbox.at': { $gt: new Date(0) } }
  const query = flights
    .find(isWaiting, { projection: { outbox: 1 } })
    .sort({ 'outbox.at': 1 })
    .limit(limit)
  const found = await query.toArray()
  return found.flatMap(({ outbox }) => outbox.map(readOutboxEntry)).slice(0, limit)
}

async function backlog(flights: Flights): Promise<OutboxBacklog> {
  const [sum] = await flights
    .aggregate<{ count: number; oldestAt: Date }>([
      { $match: { 'outbox.at': { $gt: new Date(0) } } },
      { $project: { count: { $size: '$outbox' }, oldestAt: { $min: '$outbox.at' } } },
      { $group: { _id: null, count: { $sum: '$count' }, oldestAt: { $min: '$oldestAt' } } },
    ])
    .toArray()
  return sum ? { count: sum.count, oldestAt: sum.oldestAt.getTime() } : { count: 0 }
}
