import type { StaffAccount, StaffSession } from '../../shared/domain/staff.ts'
import type { StaffStore } from '../../shared/ports/staff-store.ts'
import type { EmbeddedDatabase } from './database.ts'
import { findDocument, listDocuments } from './rows.ts'

/** Accounts and sign-ins as documents. */
export function createStaffStore(database: EmbeddedDatabase): StaffStore {
  return { ...createAccounts(database), ...createSessions(database) }
}

type Accounts = 'account' | 'accounts' | 'putAccount' | 'countAccounts'

function createAccounts(database: EmbeddedDatabase): Pick<StaffStore, Accounts> {
  const get = database.prepare('SELECT document FROM staff_accounts WHERE name = ?')
  const put = database.prepare('INSERT OR REPLACE INTO staff_accounts (name, document) VALUES (?, ?)')
  const list = database.prepare('SELECT document FROM staff_accounts ORDER BY name')
  const count = database.prepare('SELECT count(*) AS count FROM staff_accounts')
  return {
    async account(name) {
      return findDocument<StaffAccount>(get, name)
    },
    async accounts() {
      return listDocuments<StaffAccount>(list)
    },
    async putAccount(account) {
      put.run(account.name, JSON.stringify(account))
    },
    async countAccounts() {
      return Number(count.get()?.count)
    },
  }
}

type Sessions = 'session' | 'putSession' | 'touchSession' | 'endSession' | 'endSessionsOf' | 'endSessionsBefore'

function createSessions(database: EmbeddedDatabase): Pick<StaffStore, Sessions> {
  const get = database.prepare('SELECT document FROM staff_sessions WHERE token_hash = ?')
  const put = database.prepare('INSERT OR REPLACE INTO staff_sessions (token_hash, ends_at, document) VALUES (?, ?, ?)')
  const touch = database.prepare(`UPDATE staff_sessions
    SET document = json_set(document, '$.idleAt', ?), ends_at = min(?, json_extract(document, '$.endsAt'))
    WHERE token_hash = ?`)
  const end = database.prepare('DELETE FROM staff_sessions WHERE token_hash = ?')
  // Few are signed in at a time, so that reading them all is cheaper than one more index.
  const endOf = database.prepare(`DELETE FROM staff_sessions WHERE document ->> 'name' = ?`)
  const endBefore = database.prepare('DELETE FROM staff_sessions WHERE ends_at <= ?')
  return {
    async session(tokenHash) {
      return findDocument<StaffSession>(get, tokenHash)
    },
    async putSession(session) {
      // Whichever end comes first: an idle session is as dead as an old one.
      put.run(session.tokenHash, Math.min(session.idleAt, session.endsAt), JSON.stringify(session))
    },
    async touchSession(tokenHash, idleAt) {
      touch.run(idleAt, idleAt, tokenHash)
    },
    async endSession(tokenHash) {
      end.run(tokenHash)
    },
    async endSessionsOf(name) {
      endOf.run(name)
    },
    async endSessionsBefore(now) {
      endBefore.run(now)
    },
  }
}
