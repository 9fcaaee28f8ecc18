import { factNames } from '../../shared/domain/departure.ts'
import { isSame } from '../../shared/lib/is-same.ts'
import type { CommitResult, DepartureStore, ExternalEdit } from '../../shared/ports/departure-store.ts'
import type { EmbeddedDatabase } from './database.ts'
import { commitAdoption, commitAmendment } from './departure-commit.ts'
import { differingNames, pick, readDeparture, restoreDocument, settleDocument } from './departure-document.ts'
import { createDepartureRows, type DepartureRows, type StoredDeparture, toOutboxEntry } from './departure-rows.ts'
import { readBacklog, textOf } from './rows.ts'
import { inSlices } from './slices.ts'

/** Departures as JSON documents, the outbox in a table beside them, both written in one transaction. */
export function createDepartureStore(database: EmbeddedDatabase): DepartureStore {
  const rows = createDepartureRows(database)
  return {
    ...createReads(database),
    async commit(amendment) {
      return database.transaction(() => commitAmendment(rows, amendment))
    },
    async commitAll(amendments) {
      const results: CommitResult[] = []
      await inSlices(database, amendments, (amendment) => results.push(commitAmendment(rows, amendment)))
      return results
    },
    async externalEdits() {
      const edited = rows.edited()
      return edited.length === 0
        ? []
        : database.transaction(() => rows.edited().flatMap((stored) => examine(rows, stored)))
    },
    async restore(edit) {
      database.transaction(() => restore(rows, edit))
    },
    async adopt(edit, amendment) {
      return database.transaction(() => commitAdoption(rows, edit, amendment))
    },
    watch(wake) {
      const stop = database.onWrite(wake)
      return async () => stop()
    },
  }
}

type Reads = 'get' | 'listBetween' | 'unpublished' | 'markPublished' | 'backlog'

function createReads(database: EmbeddedDatabase): Pick<DepartureStore, Reads> {
  const get = database.prepare('SELECT accepted FROM departures WHERE id = ?')
  const list = database.prepare(
    'SELECT accepted FROM departures WHERE scheduled_at >= ? AND scheduled_at < ? ORDER BY scheduled_at, id',
  )
  const unpublished = database.prepare('SELECT change, departure FROM outbox ORDER BY sequence LIMIT ?')
  const publish = database.prepare('DELETE FROM outbox WHERE departure_id = ? AND revision = ?')
  const backlog = database.prepare('SELECT count(*) AS count, min(at) AS oldest_at FROM outbox')
  return {
    async get(id) {
      const row = get.get(id)
      return row && readDeparture(textOf(row, 'accepted'))
    },
    async listBetween(from, to) {
      return list.all(from, to).map((row) => readDeparture(textOf(row, 'accepted')))
    },
    async unpublished(limit) {
      return unpublished.all(limit).map(toOutboxEntry)
    },
    async markPublished(changes) {
      await inSlices(database.derived, changes, ({ departureId, revision }) => publish.run(departureId, revision))
    },
    async backlog() {
      return readBacklog(backlog)
    },
  }
}

/** An edit of members that are no facts is nobody's business: it is kept and not looked at again. */
function examine(rows: DepartureRows, stored: StoredDeparture): readonly ExternalEdit[] {
  const { accepted, document, commands } = stored
  const names = differingNames(document, accepted)
  if (names.length > 0) {
    const found = Object.fromEntries(Object.entries(pick(document, names)).filter(([, value]) => value !== undefined))
    return [{ departure: accepted, found, names }]
  }
  const settled = settleDocument(document, accepted)
  rows.update(accepted, { accepted: settled, document: settled, commands })
  return []
}

/** Only what still is as it was found: a value written since then has not been judged yet. */
function restore(rows: DepartureRows, edit: ExternalEdit): void {
  const stored = rows.find(edit.departure.id)
  if (!stored) return
  const { accepted, document, commands } = stored
  const names = factNames.filter((name) => edit.names.includes(name) && isSame(document[name], edit.found[name]))
  const restored = restoreDocument(document, accepted, names)
  const isWhole = differingNames(restored, accepted).length === 0
  const settled = settleDocument(restored, accepted)
  rows.update(
    accepted,
    isWhole ? { accepted: settled, document: settled, commands } : { accepted, document: restored, commands },
  )
}
