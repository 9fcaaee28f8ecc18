import type { Collection } from 'mongodb'
import type { Change } from '../../shared/domain/change.ts'
import type { HistoryStore } from '../../shared/ports/history-store.ts'
import { insertNew } from './insert-new.ts'

/** A published change; its text is read only as a whole. */
export interface ChangeDocument {
  readonly _id: string
  readonly departureId: string
  readonly revision: number
  readonly change: string
}

/** Published changes in `changes`. */
export function createHistoryStore(changes: Collection<ChangeDocument>): HistoryStore {
  return {
    async append(published) {
      await insertNew(changes, published.map(toDocument))
    },
    async list(departureId) {
      const found = await changes.find({ departureId }).sort({ revision: 1 }).toArray()
      return found.map((document): Change => JSON.parse(document.change))
    },
    count: () => changes.countDocuments(),
  }
}

function toDocument(change: Change): ChangeDocument {
  const { id, departureId, revision } = change
  return { _id: id, departureId, revision, change: JSON.stringify(change) }
}
