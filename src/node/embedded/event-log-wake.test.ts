import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { openEmbeddedDatabase } from '../../testing/fixtures/embedded-pair.ts'
import { createWake } from './event-log-wake.ts'

const write = 'INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)'
const LONG = 60_000

describe('a wake', () => {
  test('calls at each write, also at one that came before anybody waited', async () => {
    await using opened = await openEmbeddedDatabase()
    const { database } = opened
    using wake = createWake(database, LONG, new AbortController().signal)
    const set = database.prepare(write)
    set.run('a', '1')
    await wake.wait()
    for (const value of ['2', '3']) {
      const woken = wake.wait()
      set.run('a', value)
      await woken
    }
    set.run('a', '4')
    await setTimeout(5)
    await wake.wait()
  })

  test('calls when its patience is over, and each wait has all of it', async () => {
    await using opened = await openEmbeddedDatabase()
    using wake = createWake(opened.database, 50, new AbortController().signal)
    for (let wait = 0; wait < 3; wait += 1) {
      const began = performance.now()
      await wake.wait()
      // A timer may be early by less than a millisecond.
      expect(performance.now() - began).toBeGreaterThan(48)
    }
  })

  test('calls once for a write, not again for the same', async () => {
    await using opened = await openEmbeddedDatabase()
    const { database } = opened
    using wake = createWake(database, LONG, new AbortController().signal)
    database.prepare(write).run('a', '1')
    await wake.wait()
    const second = wake.wait().then(() => 'woken')
    expect(await Promise.race([second, setTimeout(30, 'asleep')])).toBe('asleep')
  })

  test('lets nobody wait once its signal is aborted', async () => {
    await using opened = await openEmbeddedDatabase()
    const end = new AbortController()
    using wake = createWake(opened.database, LONG, end.signal)
    const waiting = wake.wait()
    end.abort()
    await waiting
    await wake.wait()
  })
})
