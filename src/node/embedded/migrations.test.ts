import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { recordingLog, silentLog } from '../../testing/fixtures/logs.ts'
import { temporaryFolder } from '../../testing/fixtures/temporary-folder.ts'
import { openDatabase } from './database.ts'
import { APPLICATION_ID, migrate, migrations } from './migrations.ts'

const steps = [
  'CREATE TABLE a (x)',
  'ALTER TABLE a ADD COLUMN y; UPDATE a SET y = x * 2',
  'CREATE INDEX a_by_y ON a (y)',
]

function versionOf(database: DatabaseSync): unknown {
  return database.prepare('PRAGMA user_version').get()?.user_version
}

describe('migrating', () => {
  test('brings a new file to the last schema and marks it', () => {
    const database = new DatabaseSync(':memory:')
    migrate(database, silentLog(), steps)
    expect(versionOf(database)).toBe(3)
    expect(database.prepare('PRAGMA application_id').get()?.application_id).toBe(APPLICATION_ID)
  })

  test('takes an older file only the steps that it lacks, with its data', () => {
    const database = new DatabaseSync(':memory:')
    const logger = recordingLog()
    migrate(database, logger, steps.slice(0, 1))
    database.exec('INSERT INTO a VALUES (21)')
    migrate(database, logger, steps)
    expect(database.prepare('SELECT * FROM a').all()).toEqual([{ x: 21, y: 42 }])
    expect(logger.lines.map(({ fields }) => fields)).toEqual([
      { from: 0, to: 1 },
      { from: 1, to: 3 },
    ])
  })

  test('does nothing twice', () => {
    const database = new DatabaseSync(':memory:')
    const logger = recordingLog()
    migrate(database, logger, steps)
    migrate(database, logger, steps)
    expect(logger.lines).toHaveLength(1)
  })

  test('that fails leaves the file as it was', () => {
    const database = new DatabaseSync(':memory:')
    migrate(database, silentLog(), steps.slice(0, 1))
    const broken = [...steps, 'CREATE TABLE b (x); INSERT INTO nowhere VALUES (1)']
    expect(() => migrate(database, silentLog(), broken)).toThrow('no such table')
    expect(versionOf(database)).toBe(1)
    expect(database.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'a' }])
    migrate(database, silentLog(), steps)
    expect(versionOf(database)).toBe(3)
  })
})

describe('a file is refused', () => {
  test('when a newer program wrote it, by number', async () => {
    await using folder = await temporaryFolder()
    const file = join(folder.path, 'flightline.db')
    openDatabase({ file, logger: silentLog() }).close()
    const newer = migrations.length + 1
    alter(file, `PRAGMA user_version = ${newer}`)
    const details = { found: newer, known: migrations.length }
    expect(() => openDatabase({ file, logger: silentLog() })).toThrow(
      expect.objectContaining({ code: 'FL_SCHEMA_NEWER', details }),
    )
  })

  test('when it is a database of another program, which stays untouched', async () => {
    await using folder = await temporaryFolder()
    const file = join(folder.path, 'notes.db')
    alter(file, 'CREATE TABLE notes (text)')
    const details = { problem: 'the file belongs to another program' }
    expect(() => openDatabase({ file, logger: silentLog() })).toThrow(expect.objectContaining({ details }))
    const database = new DatabaseSync(file)
    expect(database.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'notes' }])
    database.close()
  })
})

function alter(file: string, sql: string): void {
  const database = new DatabaseSync(file)
  database.exec(sql)
  database.close()
}
