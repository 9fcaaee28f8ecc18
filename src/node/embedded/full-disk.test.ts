import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Departure } from '../../shared/domain/departure.ts'
import { isFlightlineError } from '../../shared/lib/errors.ts'
import type { DepartureStore } from '../../shared/ports/departure-store.ts'
import { amendment, creation } from '../../testing/fixtures/amendment.ts'
import { departure } from '../../testing/fixtures/departure.ts'
import { openEmbeddedDatabase } from '../../testing/fixtures/embedded-pair.ts'
import { silentLog } from '../../testing/fixtures/logs.ts'
import { bookings } from '../../testing/fixtures/passengers.ts'
import { temporaryFolder } from '../../testing/fixtures/temporary-folder.ts'
import { openDatabase } from './database.ts'
import { openEmbeddedStores } from './open-stores.ts'

describe('a file that may not grow', () => {
  test('refuses the change that does not fit, keeps all others, and goes on when there is room', async () => {
    await using opened = await openEmbeddedDatabase()
    const { database } = opened
    const { departures } = openEmbeddedStores(database)
    await departures.commit(creation())
    const { page_count: pages } = database.prepare('PRAGMA page_count').get() ?? {}
    database.prepare(`PRAGMA max_page_count = ${Number(pages) + 4}`).get()
    const present = await editUntilFull(departures)
    expect(await departures.get(present.id)).toEqual(present)
    expect(await departures.backlog()).toMatchObject({ count: present.revision })
    database.prepare('PRAGMA max_page_count = 100000').get()
    expect(await departures.commit(amendment(present, { gate: 'A1' }))).toMatchObject({ outcome: 'committed' })
    expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
  })

  test('keeps the slices of an import that did fit', async () => {
    await using opened = await openEmbeddedDatabase()
    const { bookings: store } = openEmbeddedStores(opened.database)
    opened.database.prepare('PRAGMA max_page_count = 1200').get()
    await expect(store.putAll(bookings(20_000))).rejects.toMatchObject({ code: 'FL_STORE_FULL' })
    const kept = await store.count()
    expect(kept).toBeGreaterThan(0)
    opened.database.prepare('PRAGMA max_page_count = 100000').get()
    expect(await store.putAll(bookings(20_000))).toBe(20_000 - kept)
  })
})

const mayMount = canMount()

describe('a disk that is full', () => {
  test.runIf(mayMount)('refuses the change, and everything accepted before is still there', async () => {
    await using disk = await mountSmallDisk()
    const file = join(disk.path, 'flightline.db')
    const first = openDatabase({ file, logger: silentLog() })
    const { departures } = openEmbeddedStores(first)
    await departures.commit(creation())
    const present = await editUntilFull(departures)
    expect(await departures.get(present.id)).toEqual(present)
    first.close()
    const second = openDatabase({ file, logger: silentLog() })
    const reopened = openEmbeddedStores(second).departures
    expect(await reopened.get(present.id)).toEqual(present)
    expect(await reopened.backlog()).toMatchObject({ count: present.revision })
    second.close()
  })

  test.runIf(mayMount)('has no room for a new file either', async () => {
    await using disk = await mountSmallDisk(8)
    const open = () => openDatabase({ file: join(disk.path, 'flightline.db'), logger: silentLog() })
    expect(open).toThrow(expect.objectContaining({ code: 'FL_STORE_FULL' }))
  })
})

/** Edits with long remarks until one is refused. @returns the departure after the last that was accepted */
async function editUntilFull(departures: DepartureStore): Promise<Departure> {
  let present = departure()
  for (let size = 1; size < 60; size += 1) {
    const edit = amendment(present, { remark: `${size} ${'x'.repeat(size * 2_000)}` }, { commandId: `k${size}` })
    try {
      expect(await departures.commit(edit)).toMatchObject({ outcome: 'committed' })
      present = edit.next
    } catch (error) {
      expect(isFlightlineError(error, 'FL_STORE_FULL')).toBe(true)
      return present
    }
  }
  throw new Error('it was never full')
}

/** Only the superuser may, and not in every container. */
function canMount(): boolean {
  const probe = mkdtempSync(join(tmpdir(), 'flightline-probe-'))
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', 'tmpfs', probe], { stdio: 'ignore' })
    execFileSync('/bin/umount', [probe], { stdio: 'ignore' })
    return true
  } catch {
    return false
  } finally {
    rmdirSync(probe)
  }
}

async function mountSmallDisk(kilobytes = 1_024) {
  const folder = await temporaryFolder('disk')
  const path = join(folder.path, 'small')
  mkdirSync(path)
  execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', path])
  return {
    path,
    async [Symbol.asyncDispose]() {
      execFileSync('/bin/umount', [path])
      await folder[Symbol.asyncDispose]()
    },
  }
}
