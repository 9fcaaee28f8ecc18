import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { openEmbeddedDatabase } from '../../testing/fixtures/embedded-pair.ts'
import { silentLog } from '../../testing/fixtures/logs.ts'
import { temporaryFolder } from '../../testing/fixtures/temporary-folder.ts'
import { type EmbeddedDatabase, openDatabase } from './database.ts'

const set = 'INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)'
const open = (file: string) => openDatabase({ file, logger: silentLog() })

describe('opening', () => {
  test('creates folder and files for their owner only', async () => {
    await using folder = await temporaryFolder()
    const database = open(join(folder.path, 'deep', 'er', 'flightline.db'))
    database.prepare(set).run('a', '1')
    const modes = ['.', 'flightline.db', 'flightline.db-wal', 'flightline.db-shm', 'flightline.db-commits'].map(
      (name) => statSync(join(folder.path, 'deep', 'er', name)).mode & 0o777,
    )
    expect(modes).toEqual([0o700, 0o600, 0o600, 0o600, 0o600])
    database.close()
  })

  test('uses the write-ahead log and waits for locks', async () => {
    await using opened = await openEmbeddedDatabase()
    const pragma = (name: string) => Object.values(opened.database.prepare(`PRAGMA ${name}`).get() ?? {})
    expect(pragma('journal_mode')).toEqual(['wal'])
    expect(pragma('synchronous')).toEqual([2])
    expect(pragma('busy_timeout')).toEqual([5000])
    expect(pragma('foreign_keys')).toEqual([0])
  })

  test('keeps what was written', async () => {
    await using folder = await temporaryFolder()
    const file = join(folder.path, 'flightline.db')
    const first = open(file)
    first.prepare(set).run('a', '1')
    first.close()
    const second = open(file)
    expect(second.prepare('SELECT value FROM settings').all()).toEqual([{ value: '1' }])
    second.close()
  })

  test.each([
    ['plain text, long enough to be looked at as a header', 'the file is not a database'],
    ['SQLite format 3\u0000 and then nothing of the kind'.padEnd(8192, '?'), 'the file is not a database'],
  ])('refuses a file that is none of ours: %.20s', async (content, problem) => {
    await using folder = await temporaryFolder()
    const file = join(folder.path, 'flightline.db')
    writeFileSync(file, content)
    expect(() => open(file)).toThrow(expect.objectContaining({ code: 'FL_STORE_UNAVAILABLE', details: { problem } }))
  })

  test('writes the log back before it has grown for long', async () => {
    await using opened = await openEmbeddedDatabase()
    const { database } = opened
    const size = () => statSync(`${database.file}-wal`).size
    for (let index = 0; index < 200; index += 1) database.prepare(set).run('a', String(index))
    const grown = size()
    for (let index = 0; index < 1_800; index += 1) database.prepare(set).run('a', String(index))
    expect(size()).toBeLessThan(2 * grown)
  })

  test('refuses a file whose pages are damaged', async () => {
    await using folder = await temporaryFolder()
    const file = join(folder.path, 'flightline.db')
    open(file).close()
    const { size } = statSync(file)
    writeFileSync(file, Buffer.alloc(size - 100, 0xff), { flag: 'r+' })
    expect(() => open(file)).toThrow(expect.objectContaining({ code: 'FL_STORE_UNAVAILABLE' }))
  })

  test('says what is wrong with the path', async () => {
    await using folder = await temporaryFolder()
    writeFileSync(join(folder.path, 'file'), '')
    mkdirSync(join(folder.path, 'folder'))
    const [inFile, aFolder] = [join(folder.path, 'file', 'x.db'), join(folder.path, 'folder')]
    expect(() => open(inFile)).toThrow(expect.objectContaining({ code: 'FL_STORE_UNAVAILABLE' }))
    expect(() => open(aFolder)).toThrow(
      expect.objectContaining({ details: { problem: 'the file cannot be used: EISDIR' } }),
    )
  })
})

describe('statements', () => {
  test('are compiled once', async () => {
    await using opened = await openEmbeddedDatabase()
    expect(opened.database.prepare(set)).toBe(opened.database.prepare(set))
  })

  test('tell how many rows they changed', async () => {
    await using opened = await openEmbeddedDatabase()
    expect(opened.database.prepare(set).run('a', '1')).toBe(1)
    expect(opened.database.prepare('DELETE FROM settings WHERE name = ?').run('b')).toBe(0)
  })

  test('with a mistake are a defect, not a store that does not answer', async () => {
    await using opened = await openEmbeddedDatabase()
    expect(() => opened.database.prepare('SELECT x FROM nowhere')).toThrow('no such table')
  })

  test('of a closed store are refused, and closing again is fine', async () => {
    await using opened = await openEmbeddedDatabase()
    const statement = opened.database.prepare(set)
    opened.database.close()
    opened.database.close()
    const problem = expect.objectContaining({ details: { problem: 'the store is closed' } })
    expect(() => statement.run('a', '1')).toThrow(problem)
    expect(() => opened.database.prepare('SELECT 1')).toThrow(problem)
    expect(() => opened.database.transaction(() => 1)).toThrow(problem)
  })

  test('that another program locks out say so', async () => {
    await using opened = await openEmbeddedDatabase()
    const { database } = opened
    const other = new DatabaseSync(database.file)
    other.exec('BEGIN IMMEDIATE')
    database.prepare('PRAGMA busy_timeout = 20').get()
    const problem = { problem: 'the file is locked by another program' }
    expect(() => database.prepare(set).run('a', '1')).toThrow(expect.objectContaining({ details: problem }))
    expect(() => database.transaction(() => 1)).toThrow(expect.objectContaining({ details: problem }))
    other.close()
    expect(database.prepare(set).run('a', '1')).toBe(1)
  })
})

describe('a transaction', () => {
  test('is undone as a whole when its work throws', async () => {
    await using opened = await openEmbeddedDatabase()
    const { database } = opened
    const work = () => {
      database.prepare(set).run('a', '1')
      throw new Error('no')
    }
    expect(() => database.transaction(work)).toThrow('no')
    expect(database.prepare('SELECT * FROM settings').all()).toEqual([])
  })

  test('inside another joins it', async () => {
    await using opened = await openEmbeddedDatabase()
    const { database } = opened
    const write = (name: string) => database.transaction(() => database.prepare(set).run(name, '1'))
    const both = () =>
      database.transaction(() => {
        write('a')
        write('b')
        throw new Error('no')
      })
    expect(both).toThrow('no')
    expect(database.prepare('SELECT * FROM settings').all()).toEqual([])
    expect(database.transaction(() => write('a') + write('b'))).toBe(2)
  })

  test('begins with the lock, so that what it read cannot change before it writes', async () => {
    await using opened = await openEmbeddedDatabase()
    const { database } = opened
    const other = open(database.file)
    other.prepare('PRAGMA busy_timeout = 20').get()
    database.transaction(() => {
      expect(() => other.prepare(set).run('a', '1')).toThrow(expect.objectContaining({ code: 'FL_STORE_UNAVAILABLE' }))
    })
    expect(other.prepare(set).run('a', '1')).toBe(1)
    other.close()
  })
})

describe('what can be made again', () => {
  const level = (database: EmbeddedDatabase) => Object.values(database.prepare('PRAGMA synchronous').get() ?? {})[0]

  test('is written without waiting for the disk, and everything else waits again', async () => {
    await using opened = await openEmbeddedDatabase()
    const { database } = opened
    const levels = [
      database.derived.transaction(() => level(database)),
      database.transaction(() => level(database)),
      level(database),
    ]
    expect(levels).toEqual([1, 2, 2])
  })

  test('waits again after a failure, which undoes it', async () => {
    await using opened = await openEmbeddedDatabase()
    const { database } = opened
    const work = () => {
      database.prepare(set).run('a', '1')
      throw new Error('in the middle')
    }
    expect(() => database.derived.transaction(work)).toThrow('in the middle')
    expect(level(database)).toBe(2)
    expect(database.prepare('SELECT value FROM settings').all()).toEqual([])
    expect(() => database.transaction(() => undefined)).not.toThrow()
  })

  test('joins a transaction that waits, but never the other way round', async () => {
    await using opened = await openEmbeddedDatabase()
    const { database } = opened
    expect(database.transaction(() => database.derived.transaction(() => level(database)))).toBe(2)
    const inverted = () => database.derived.transaction(() => database.transaction(() => undefined))
    expect(inverted).toThrow('a lasting transaction began inside one that is not')
  })

  test('can be seen by others at once', async () => {
    await using opened = await openEmbeddedDatabase()
    opened.database.derived.transaction(() => opened.database.prepare(set).run('a', '1'))
    const other = open(opened.database.file)
    expect(other.prepare('SELECT value FROM settings').all()).toEqual([{ value: '1' }])
    other.close()
  })
})
