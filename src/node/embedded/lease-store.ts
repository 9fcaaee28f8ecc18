import type { LeaseStore } from '../../shared/ports/system-stores.ts'
import type { EmbeddedDatabase } from './database.ts'

/** Leases, one row each; taking one is a single statement, so two processes cannot both succeed. */
export function createLeaseStore(database: EmbeddedDatabase): LeaseStore {
  const acquire = database.prepare(
    `INSERT INTO leases (name, owner, ends_at) VALUES (?1, ?2, ?3)
     ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, ends_at = excluded.ends_at
     WHERE leases.owner = excluded.owner OR leases.ends_at <= ?4`,
  )
  const release = database.prepare('DELETE FROM leases WHERE name = ? AND owner = ?')
  return {
    async acquire({ name, owner, now, ttl }) {
      return database.derived.transaction(() => acquire.run(name, owner, now + ttl, now) > 0)
    },
    async release(name, owner) {
      database.derived.transaction(() => release.run(name, owner))
    },
  }
}
