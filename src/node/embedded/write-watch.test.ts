import { open as openFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { openEmbeddedDatabase } from '../../testing/fixtures/embedded-pair.ts'
import { eventually } from '../../testing/fixtures/eventually.ts'
import { recordingLog, silentLog } from '../../testing/fixtures/logs.ts'
import { temporaryFolder } from '../../testing/fixtures/temporary-folder.ts'
import { openDatabase } from './database.ts'
import { createWriteWatch } from './write-watch.ts'

const set = 'INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)'

describe('own writes', () => {
  test('wake in the next turn, once for many', async () => {
    await using opened = await openEmbeddedDatabase()
    const { database } = opened
    let calls = 0
    database.onWrite(() => (calls += 1))
    for (let index = 0; index < 10; index += 1) database.prepare(set).run('a', String(index))
    database.transaction(() => database.prepare(set).run('b', '1'))
    expect(calls).toBe(0)
    await setImmediate()
    expect(calls).toBe(1)
  })

  test('that changed nothing or were undone wake nobody', async () => {
    await using opened = await openEmbeddedDatabase()
    const { database } = opened
    let calls = 0
    database.onWrite(() => (calls += 1))
    database.prepare('DELETE FROM settings').run()
    database.transaction(() => database.prepare('SELECT * FROM settings').all())
    const undone = () =>
      database.transaction(() => {
        database.prepare(set).run('a', '1')
        throw new Error('no')
      })
    expect(undone).toThrow('no')
    database.transaction(() => 1)
    await setTimeout(60)
    expect(calls).toBe(0)
  })
})

describe('writes of another connection', () => {
  test('wake within a few milliseconds', async () => {
    await using opened = await openEmbeddedDatabase()
    const { database } = opened
    const other = openDatabase({ file: database.file, logger: silentLog() })
    let wokenAt = 0
    database.onWrite(() => (wokenAt = performance.now()))
    const waits: number[] = []
    for (let index = 0; index < 20; index += 1) {
      wokenAt = 0
      const began = performance.now()
      other.prepare(set).run('a', String(index))
      await eventually(() => wokenAt > 0)
      waits.push(wokenAt - began)
    }
    waits.sort((left, right) => left - right)
    expect(waits[10]).toBeLessThan(40)
    other.close()
  })

  test('wake every listener until it leaves, and none after closing', async () => {
    await using opened = await openEmbeddedDatabase()
    const { database } = opened
    const other = openDatabase({ file: database.file, logger: silentLog() })
    const calls = { same: 0, left: 0 }
    const listener = () => {
      calls.same += 1
    }
    database.onWrite(listener)
    database.onWrite(listener)
    const leave = database.onWrite(() => (calls.left += 1))
    leave()
    leave()
    other.prepare(set).run('a', '1')
    await eventually(() => calls.same === 2)
    database.close()
    other.prepare(set).run('a', '2')
    await setTimeout(60)
    expect(calls).toEqual({ same: 2, left: 0 })
    other.close()
  })
})

describe('a watch', () => {
  test('polls where the file cannot be watched, and says so', async () => {
    const logger = recordingLog()
    let version = 1
    const watch = createWriteWatch({ file: '/nowhere/at/all', logger, version: () => version })
    let calls = 0
    const stop = watch.add(() => (calls += 1))
    version = 2
    await eventually(() => calls === 1)
    stop()
    version = 3
    await setTimeout(60)
    expect(calls).toBe(1)
    expect(logger.lines).toMatchObject([
      { level: 'warn', message: 'commits cannot be told between processes, polling instead' },
    ])
  })

  test('is told of each commit when it is done, however soon they follow one another', async () => {
    await using folder = await temporaryFolder()
    const file = join(folder.path, 'store')
    let version = 1
    const watch = createWriteWatch({ file, logger: silentLog(), version: () => version })
    const other = createWriteWatch({ file, logger: silentLog(), version: () => version })
    let calls = 0
    watch.add(() => (calls += 1))
    const commit = () => {
      version += 1
      other.notify()
    }
    commit()
    await eventually(() => calls === 1)
    // From now on the poll beside notices is too slow to be what finds the next ones.
    for (let count = 2; count <= 20; count += 1) {
      commit()
      await eventually(() => calls === count, 200)
    }
    other.close()
    watch.close()
  })

  test('finds a commit that nobody tells, and then looks more often until it is told again', async () => {
    await using folder = await temporaryFolder()
    const file = join(folder.path, 'store')
    let version = 1
    let looks = 0
    const look = () => {
      looks += 1
      return version
    }
    const watch = createWriteWatch({ file, logger: silentLog(), version: look })
    let calls = 0
    watch.add(() => (calls += 1))
    version = 2
    watch.notify()
    await eventually(() => calls > 0)
    await setTimeout(100)
    const before = looks
    await setTimeout(200)
    expect(looks - before).toBeLessThan(3)
    calls = 0
    version = 3
    await eventually(() => calls === 1)
    const after = looks
    await setTimeout(200)
    expect(looks - after).toBeGreaterThan(3)
    watch.close()
  })

  test('touches nothing once it is closed, however often', async () => {
    await using folder = await temporaryFolder()
    const watch = createWriteWatch({ file: join(folder.path, 'store'), logger: silentLog(), version: () => 1 })
    watch.close()
    const heir = join(folder.path, 'heir')
    await using opened = await openFile(heir, 'w')
    await opened.utimes(1, 1)
    watch.notify()
    watch.close()
    expect((await opened.stat()).mtimeMs).toBe(1_000)
  })

  test('goes on when the store did not answer for a while', async () => {
    const logger = recordingLog()
    const answers: (() => number)[] = []
    let last = 1
    const version = () => (answers.shift() ?? (() => last))()
    const watch = createWriteWatch({ file: '/nowhere/at/all', logger, version })
    let calls = 0
    watch.add(() => (calls += 1))
    answers.push(() => {
      throw new Error('locked')
    })
    last = 2
    await eventually(() => calls === 1)
    expect(logger.lines.at(-1)).toMatchObject({ message: 'version of the store could not be read' })
    watch.close()
  })
})
