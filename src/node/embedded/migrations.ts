import type { DatabaseSync } from 'node:sqlite'
import { FlightlineError } from '../../shared/lib/errors.ts'
import type { Log } from '../../shared/ports/log.ts'
import { firstSchema } from './schema.ts'

/** Marks the file as ours in `PRAGMA application_id`: "FLTL". */
export const APPLICATION_ID = 0x464c544c

/** Steps from one schema to the next, oldest first; published ones are never edited, new ones are added at the end. */
export const migrations: readonly string[] = [firstSchema]

/**
 * Brings the file to the schema that this program knows. Several processes may start at once: each looks again after
 * it has got the lock.
 * @throws FlightlineError `FL_SCHEMA_NEWER`, or `FL_STORE_UNAVAILABLE` for a database of another program
 */
export function migrate(database: DatabaseSync, logger: Log, steps: readonly string[] = migrations): void {
  assertOurs(database)
  if (readVersion(database, steps) === steps.length) return
  database.exec('BEGIN IMMEDIATE')
  try {
    const found = readVersion(database, steps)
    for (const step of steps.slice(found)) database.exec(step)
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${steps.length}`)
    database.exec('COMMIT')
    if (found < steps.length) logger.info({ from: found, to: steps.length }, 'schema of the store migrated')
  } finally {
    if (database.isTransaction) database.exec('ROLLBACK')
  }
}

function assertOurs(database: DatabaseSync): void {
  const isEmpty = readNumber(database, 'SELECT count(*) AS value FROM sqlite_schema') === 0
  if (isEmpty || readNumber(database, 'SELECT application_id AS value FROM pragma_application_id') === APPLICATION_ID)
    return
  throw new FlightlineError('FL_STORE_UNAVAILABLE', { problem: 'the file belongs to another program' })
}

function readVersion(database: DatabaseSync, steps: readonly string[]): number {
  const found = readNumber(database, 'SELECT user_version AS value FROM pragma_user_version')
  if (found > steps.length) throw new FlightlineError('FL_SCHEMA_NEWER', { found, known: steps.length })
  return found
}

function readNumber(database: DatabaseSync, sql: string): number {
  return Number(database.prepare(sql).get()?.value)
}
