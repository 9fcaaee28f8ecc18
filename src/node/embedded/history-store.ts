import type { HistoryStore } from '../../shared/ports/history-store.ts'
import type { EmbeddedDatabase } from './database.ts'
import { textOf } from './rows.ts'
import { inSlices } from './slices.ts'

/** Published changes, one row each. */
export function createHistoryStore(database: EmbeddedDatabase): HistoryStore {
  const insert = database.prepare(
    'INSERT INTO history (id, departure_id, revision, change) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
  )
  const list = database.prepare('SELECT change FROM history WHERE departure_id = ? ORDER BY revision')
  const count = database.prepare('SELECT count(*) AS count FROM history')
  return {
    async append(changes) {
      await inSlices(database.derived, changes, (change) =>
        insert.run(change.id, change.departureId, change.revision, JSON.stringify(change)),
      )
    },
    async list(departureId) {
      return list.all(departureId).map((row) => JSON.parse(textOf(row, 'change')))
    },
    async count() {
      return Number(count.get()?.count)
    },
  }
}
