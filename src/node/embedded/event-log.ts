import type { Instant } from '../../shared/domain/instant.ts'
import type { EventLog } from '../../shared/ports/event-log.ts'
import type { Log } from '../../shared/ports/log.ts'
import { closeReaders, openReader, type Readers } from '../readers/open-reader.ts'
import type { EmbeddedDatabase } from './database.ts'
import { createDeadRecords } from './event-log-dead.ts'
import { createLogGroups } from './event-log-groups.ts'
import { readAsMember } from './event-log-member.ts'
import { createLogRecords } from './event-log-records.ts'
import { findStart, readTail } from './event-log-tail.ts'

/** The event log in the embedded file. Closing it leaves the database open, which is not its own. */
export interface EmbeddedLog extends EventLog {
  /** Removes records appended before `before`, all but the last of each topic. @returns how many */
  prune(before: Instant): Promise<number>
}

/** Topics, offsets and groups in tables: one partition per topic, readable by several processes. */
export function createEmbeddedLog(database: EmbeddedDatabase, logger: Log): EmbeddedLog {
  const records = createLogRecords(database)
  const groups = createLogGroups(database)
  const dead = createDeadRecords(database)
  const readers: Readers = new Set()
  return {
    append: async (topic, messages) => records.append(topic, messages),
    end: async (topic) => records.end(topic),
    beginning: async (topic) => records.beginning(topic),
    async tail(topic, from, reader) {
      const parts = { database, records, logger, topic, reader }
      const start = findStart(parts, from)
      return openReader(readers, (signal) => readTail(parts, start, signal))
    },
    async consume(topic, { group }, handle) {
      const parts = { database, records, groups, logger, of: { group, topic }, handle }
      return openReader(readers, (signal) => readAsMember(parts, signal))
    },
    bury: async (record, reason) => dead.bury(record, reason),
    buried: async (topic) => dead.list(topic),
    async lag(topic, group) {
      const [end = 0] = records.end(topic).offsets
      const [least = 0] = records.beginning(topic).offsets
      return end - Math.max(groups.committed({ group, topic }) ?? least, least)
    },
    prune: (before) => records.prune(before),
    close: () => closeReaders(readers),
  }
}
