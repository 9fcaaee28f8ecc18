import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Instant } from '../../shared/domain/instant.ts'
import { type LogMessage, type LogPosition, type LogRecord, type Topic, topics } from '../../shared/ports/event-log.ts'
import { BATCH } from '../readers/hand-over.ts'
import type { EmbeddedDatabase, Row } from './database.ts'
import { numberOf, textOf } from './rows.ts'
import { inSlices } from './slices.ts'

/** The tables allow more; one is enough for one machine, and keeps order across keys as well. */
export const PARTITION = 0

/** What the file knows of one topic's records. */
export interface LogRecords {
  append(topic: Topic, messages: readonly LogMessage[]): Promise<void>
  /** At most a batch, from `offset` on. */
  read(topic: Topic, offset: number): readonly LogRecord[]
  beginning(topic: Topic): LogPosition
  end(topic: Topic): LogPosition
  /** @returns how many were removed */
  prune(before: Instant): Promise<number>
}

/** Records by offset, which counts up by one; a topic's last record is never removed, so that it goes on counting. */
export function createLogRecords(database: EmbeddedDatabase): LogRecords {
  const first = database.prepare('SELECT min(offset) AS offset FROM log_records WHERE topic = ? AND partition = ?')
  const last = database.prepare('SELECT max(offset) AS offset FROM log_records WHERE topic = ? AND partition = ?')
  const insert = database.prepare('INSERT INTO log_records VALUES (?, ?, ?, ?, ?, ?, ?)')
  const read = database.prepare(
    `SELECT offset, key, value FROM log_records WHERE topic = ? AND partition = ? AND offset >= ?
     ORDER BY offset LIMIT ${BATCH}`,
  )
  const epochOf = createEpochs(database)
  const endOf = (topic: Topic) => readOffset(last.get(topic, PARTITION), -1) + 1
  return {
    append(topic, messages) {
      const at = Date.now()
      return inSlices(database.derived, messages, ({ key, id, value }) => {
        insert.run(topic, PARTITION, endOf(topic), key, id, value, at)
      })
    },
    read: (topic, offset) => read.all(topic, PARTITION, offset).map((row) => toRecord(topic, row)),
    beginning: (topic) => ({ epoch: epochOf(topic), offsets: [readOffset(first.get(topic, PARTITION), 0)] }),
    end: (topic) => ({ epoch: epochOf(topic), offsets: [endOf(topic)] }),
    prune: (before) => pruneAll(database, before),
  }
}

async function pruneAll(database: EmbeddedDatabase, before: Instant): Promise<number> {
  let removed = 0
  for (const topic of topics) removed += await pruneTopic(database, topic, before)
  return removed
}

/** In slices, oldest first, for the same reason as {@link inSlices}; ends with the first slice that keeps something. */
async function pruneTopic(database: EmbeddedDatabase, topic: Topic, before: Instant): Promise<number> {
  const prune = database.prepare(
    `WITH bounds AS (SELECT min(offset) AS first, max(offset) AS last FROM log_records WHERE topic = ?1 AND partition = ?2)
     DELETE FROM log_records WHERE topic = ?1 AND partition = ?2 AND at < ?3
     AND offset < (SELECT min(first + ${BATCH}, last) FROM bounds)`,
  )
  for (let removed = 0; ; ) {
    const count = prune.run(topic, PARTITION, before)
    removed += count
    if (count < BATCH) return removed
    await setTimeout(2)
  }
}

/** Made once per topic and file: a file that was replaced has another. */
function createEpochs(database: EmbeddedDatabase): (topic: Topic) => string {
  const find = database.prepare('SELECT epoch FROM log_epoch WHERE topic = ?')
  const make = database.prepare('INSERT OR IGNORE INTO log_epoch (topic, epoch) VALUES (?, ?)')
  return (topic) => {
    const known = find.get(topic)
    if (known) return textOf(known, 'epoch')
    make.run(topic, randomUUID())
    // Another process may have been faster, so what counts is what stands there now.
    const made = find.get(topic)
    if (!made) throw new Error(`topic ${topic} has no epoch`)
    return textOf(made, 'epoch')
  }
}

function toRecord(topic: Topic, row: Row): LogRecord {
  return {
    topic,
    partition: PARTITION,
    offset: numberOf(row, 'offset'),
    key: row.key === null ? undefined : textOf(row, 'key'),
    value: row.value === null ? undefined : textOf(row, 'value'),
  }
}

/** An aggregate over no rows is null. */
function readOffset(row: Row | undefined, none: number): number {
  return row && row.offset !== null ? numberOf(row, 'offset') : none
}
