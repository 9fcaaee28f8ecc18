import { randomUUID } from 'node:crypto'
import type { Topic } from '../../shared/ports/event-log.ts'
import type { EmbeddedDatabase } from './database.ts'
import { PARTITION } from './event-log-records.ts'
import { numberOf } from './rows.ts'

/** A member that says nothing for this long is replaced. Milliseconds. */
export const LEASE = 3_000

/** What is read and by whom. */
export interface GroupTopic {
  readonly group: string
  readonly topic: Topic
}

/** The offsets of the groups. */
export interface LogGroups {
  /** The next offset to read; `undefined` for a group never seen before. */
  committed(of: GroupTopic): number | undefined
  /** Takes part in a group. */
  join(of: GroupTopic): Membership
}

/** One member's hold on a partition. Of all members at most one holds it. */
export interface Membership {
  /** Takes the lease or keeps it. @returns whether this member may read now */
  hold(): boolean
  /** @returns whether it was committed; not when another member took over meanwhile */
  commit(next: number): boolean
  leave(): void
}

/** Offsets and leases in the log's own file, so that a commit and the check who may commit are one transaction. */
export function createLogGroups(database: EmbeddedDatabase): LogGroups {
  const find = database.prepare(
    'SELECT next_offset FROM log_groups WHERE group_name = ? AND topic = ? AND partition = ?',
  )
  return {
    committed({ group, topic }) {
      const row = find.get(group, topic, PARTITION)
      return row && numberOf(row, 'next_offset')
    },
    join: (of) => createMembership(database, of),
  }
}

function createMembership(database: EmbeddedDatabase, { group, topic }: GroupTopic): Membership {
  const name = `log:${topic}:${PARTITION}:${group}`
  const owner = randomUUID()
  const take = database.prepare(
    `INSERT INTO leases (name, owner, ends_at) VALUES (?1, ?2, ?3)
     ON CONFLICT (name) DO UPDATE SET owner = ?2, ends_at = ?3 WHERE owner = ?2 OR ends_at <= ?4`,
  )
  const owned = database.prepare('SELECT 1 AS found FROM leases WHERE name = ? AND owner = ?')
  const give = database.prepare('DELETE FROM leases WHERE name = ? AND owner = ?')
  const put = database.prepare(
    `INSERT INTO log_groups (group_name, topic, partition, next_offset) VALUES (?1, ?2, ?3, ?4)
     ON CONFLICT (group_name, topic, partition) DO UPDATE SET next_offset = ?4`,
  )
  let renewAt = 0
  return {
    hold() {
      const now = Date.now()
      // Between renewals nothing is written: two thirds of the lease are left for a handler that blocks the thread.
      if (now < renewAt && now > renewAt - LEASE) return true
      const isMine = database.derived.transaction(() => take.run(name, owner, now + LEASE, now) > 0)
      renewAt = isMine ? now + LEASE / 3 : 0
      return isMine
    },
    commit(next) {
      return database.derived.transaction(() => {
        const isMine = owned.get(name, owner) !== undefined
        if (isMine) put.run(group, topic, PARTITION, next)
        else renewAt = 0
        return isMine
      })
    },
    leave() {
      renewAt = 0
      give.run(name, owner)
    },
  }
}
