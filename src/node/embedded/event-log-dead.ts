import type { LogRecord, Topic } from '../../shared/ports/event-log.ts'
import type { EmbeddedDatabase } from './database.ts'
import { numberOf, textOf } from './rows.ts'

/** A record set aside, and why. */
interface DeadRecord {
  readonly record: LogRecord
  readonly reason: string
}

/** Records that could not be read. */
export interface DeadRecords {
  bury(record: LogRecord, reason: string): void
  list(topic: Topic): readonly DeadRecord[]
}

/** Several readers may stumble over the same record: the first reason stays. */
export function createDeadRecords(database: EmbeddedDatabase): DeadRecords {
  const insert = database.prepare(
    `INSERT INTO log_dead (topic, partition, offset, key, value, reason, at) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
     WHERE NOT EXISTS (SELECT 1 FROM log_dead WHERE topic = ?1 AND partition = ?2 AND offset = ?3)`,
  )
  const list = database.prepare(
    'SELECT partition, offset, key, value, reason FROM log_dead WHERE topic = ? ORDER BY sequence',
  )
  return {
    bury({ topic, partition, offset, key, value }, reason) {
      insert.run(topic, partition, offset, key ?? null, value ?? null, reason, Date.now())
    },
    list: (topic) =>
      list.all(topic).map((row) => ({
        reason: textOf(row, 'reason'),
        record: {
          topic,
          partition: numberOf(row, 'partition'),
          offset: numberOf(row, 'offset'),
          key: row.key === null ? undefined : textOf(row, 'key'),
          value: row.value === null ? undefined : textOf(row, 'value'),
        },
      })),
  }
}
