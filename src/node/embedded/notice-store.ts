import type { Notice, NoticeDecision } from '../../shared/domain/notice.ts'
import type { NoticeStore, ToldState } from '../../shared/ports/notice-stores.ts'
import type { EmbeddedDatabase } from './database.ts'
import { findDocument, listDocuments, numberOf, textOf } from './rows.ts'
import { inSlices } from './slices.ts'

/** Notices, decisions and what each departure's passengers were told. */
export function createNoticeStore(database: EmbeddedDatabase): NoticeStore {
  return { ...createStates(database), ...createDecisions(database), ...createNotices(database) }
}

function createStates(database: EmbeddedDatabase): Pick<NoticeStore, 'state' | 'saveState' | 'dueStates'> {
  const get = database.prepare('SELECT document FROM told_states WHERE departure_id = ?')
  const save = database.prepare(
    `INSERT INTO told_states (departure_id, due_at, document) VALUES (?, ?, ?)
     ON CONFLICT (departure_id) DO UPDATE SET due_at = excluded.due_at, document = excluded.document`,
  )
  const due = database.prepare(
    'SELECT document FROM told_states WHERE due_at IS NOT NULL AND due_at <= ? ORDER BY due_at, departure_id LIMIT ?',
  )
  return {
    async state(departureId) {
      return findDocument<ToldState>(get, departureId)
    },
    async saveState(state) {
      const values = [state.departureId, state.pending?.dueAt ?? null, JSON.stringify(state)] as const
      database.derived.transaction(() => save.run(...values))
    },
    async dueStates(now, limit) {
      return listDocuments<ToldState>(due, now, limit)
    },
  }
}

function createDecisions(database: EmbeddedDatabase): Pick<NoticeStore, 'saveDecisions' | 'decisions'> {
  const save = database.prepare(
    `INSERT INTO notice_decisions (change_id, departure_id, revision, document) VALUES (?, ?, ?, ?)
     ON CONFLICT (change_id) DO UPDATE SET document = excluded.document`,
  )
  const list = database.prepare('SELECT document FROM notice_decisions WHERE departure_id = ? ORDER BY revision')
  return {
    async saveDecisions(decisions) {
      await inSlices(database.derived, decisions, (decision) =>
        save.run(decision.changeId, decision.departureId, decision.revision, JSON.stringify(decision)),
      )
    },
    async decisions(departureId) {
      return listDocuments<NoticeDecision>(list, departureId)
    },
  }
}

type Notices = 'put' | 'get' | 'pendingFanOut' | 'markFannedOut' | 'latest'

function createNotices(database: EmbeddedDatabase): Pick<NoticeStore, Notices> {
  const put = database.prepare(
    `INSERT INTO notices (id, created_at, due_at, sequence, document) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO NOTHING`,
  )
  const get = database.prepare('SELECT document FROM notices WHERE id = ?')
  const pending = database.prepare(
    `SELECT document, sequence FROM notices WHERE recipients IS NULL AND due_at <= ?
     ORDER BY created_at, sequence, id LIMIT ?`,
  )
  const mark = database.prepare('UPDATE notices SET recipients = ? WHERE id = ? AND recipients IS NULL')
  const latest = database.prepare('SELECT document FROM notices ORDER BY created_at DESC, id DESC LIMIT ?')
  return {
    async put(notice, sequence) {
      const values = [notice.id, notice.createdAt, notice.dueAt, sequence, JSON.stringify(notice)] as const
      database.derived.transaction(() => put.run(...values))
    },
    async get(id) {
      return findDocument<Notice>(get, id)
    },
    async pendingFanOut(now, limit) {
      const rows = pending.all(now, limit)
      return rows.map((row) => ({ notice: JSON.parse(textOf(row, 'document')), sequence: numberOf(row, 'sequence') }))
    },
    async markFannedOut(noticeId, recipients) {
      database.derived.transaction(() => mark.run(recipients, noticeId))
    },
    async latest(limit) {
      return listDocuments<Notice>(latest, limit)
    },
  }
}
