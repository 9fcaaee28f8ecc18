import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { amendment, creation } from '../../testing/fixtures/amendment.ts'
import { departure, departures } from '../../testing/fixtures/departure.ts'
import { openEmbeddedDatabase } from '../../testing/fixtures/embedded-pair.ts'
import { startWriter } from '../../testing/fixtures/embedded-writer.ts'
import { eventually } from '../../testing/fixtures/eventually.ts'
import { deliveries } from '../../testing/fixtures/notices.ts'
import { openEmbeddedStores } from './open-stores.ts'

const ids = departures(3).map(({ id }) => id)

describe('two processes on one file', () => {
  test('lose no edit of each other', async () => {
    await using opened = await openWithDepartures()
    const { stores, file } = opened
    const times = 60
    const writers = [1, 2].map(() => startWriter(file, { kind: 'count', ids, times }))
    expect(await Promise.all(writers.map(({ ended }) => ended))).toEqual([0, 0])
    for (const id of ids) {
      expect(await stores.departures.get(id)).toMatchObject({ remark: String(2 * times), revision: 2 * times + 1 })
      const revisions = (await stores.history.list(id)).map(({ revision }) => revision)
      expect(revisions).toEqual(Array.from({ length: 2 * times }, (_, index) => index + 2))
    }
    expect(await stores.departures.backlog()).toMatchObject({ count: ids.length })
  })

  test('share the queue of deliveries without taking one twice', async () => {
    await using opened = await openWithDepartures()
    await opened.stores.deliveries.enqueue(deliveries(2_000))
    const writers = [1, 2].map(() => startWriter(opened.file, { kind: 'claim' }))
    expect(await Promise.all(writers.map(({ ended }) => ended))).toEqual([0, 0])
    const claimed = writers.flatMap(({ reports }) => reports.filter((report) => report !== 'open'))
    expect(claimed).toHaveLength(2_000)
    expect(new Set(claimed).size).toBe(2_000)
  })

  test('wake each other', async () => {
    await using opened = await openWithDepartures()
    let calls = 0
    const stop = opened.stores.departures.watch(() => (calls += 1))
    const writer = startWriter(opened.file, { kind: 'count', ids, times: 1 })
    await writer.ended
    await eventually(() => calls > 0)
    await stop()
  })

  test('may create the same file at once', async () => {
    await using opened = await openEmbeddedDatabase()
    const file = `${opened.database.file}.fresh`
    const writers = [1, 2, 3].map(() => startWriter(file, { kind: 'import', count: 10 }))
    expect(await Promise.all(writers.map(({ ended }) => ended))).toEqual([0, 0, 0])
    const reports = writers.flatMap((writer) => writer.reports)
    expect(reports.filter((report) => report === 'open')).toHaveLength(3)
    // Whoever rests between two slices lets the others add some.
    const added = reports.flatMap((report) => /^added (\d+)$/.exec(report)?.[1] ?? [])
    expect(added).toHaveLength(3)
    expect(added.reduce((sum, count) => sum + Number(count), 0)).toBe(10)
  })

  test('let single commits through while one of them imports', async () => {
    await using opened = await openWithDepartures()
    const writer = startWriter(opened.file, { kind: 'import', count: 60_000 })
    await eventually(() => writer.reports.includes('open'))
    const waits: number[] = []
    let present = departures(3)[0] ?? departure()
    for (let index = 0; writer.reports.length === 1; index += 1) {
      const edit = amendment(present, { remark: `edit ${index}` })
      const began = performance.now()
      await opened.stores.departures.commit(edit)
      waits.push(performance.now() - began)
      await opened.stores.departures.markPublished([edit.change])
      present = edit.next
      await setTimeout(5)
    }
    expect(await writer.ended).toBe(0)
    waits.sort((left, right) => left - right)
    // Without gaps between the slices a single commit waited for the whole import: more than a second.
    expect(waits[Math.floor(waits.length / 2)]).toBeLessThan(50)
    expect(await opened.stores.departures.get(present.id)).toEqual(present)
  })
})

describe('a process killed in the middle of its writes', () => {
  test('leaves a whole store with everything that it was told is done', async () => {
    await using opened = await openWithDepartures()
    const { stores, file } = opened
    for (const patience of [5, 20, 35, 50]) {
      const writer = startWriter(file, { kind: 'count', ids, times: 100_000 })
      await eventually(() => writer.reports.length > 1)
      await setTimeout(patience)
      writer.process.kill('SIGKILL')
      expect(await writer.ended).toBe('SIGKILL')
      for (const id of ids) await expectWhole(opened, id, lastRevision(writer.reports, id))
    }
    expect(opened.database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
    await stores.ping()
  })

  test('in the middle of an import leaves the rest to be imported', async () => {
    await using opened = await openWithDepartures()
    const writer = startWriter(opened.file, { kind: 'import', count: 50_000 })
    await eventually(async () => (await opened.stores.bookings.count()) > 0)
    writer.process.kill('SIGKILL')
    await writer.ended
    const left = await opened.stores.bookings.count()
    const again = startWriter(opened.file, { kind: 'import', count: 50_000 })
    expect(await again.ended).toBe(0)
    expect(again.reports).toEqual(['open', `added ${50_000 - left}`])
    expect(await opened.stores.bookings.count()).toBe(50_000)
  })
})

type Opened = Awaited<ReturnType<typeof openWithDepartures>>

/** State, number in the remark, outbox and history tell the same story, up to what was acknowledged at least. */
async function expectWhole({ stores }: Opened, id: string, acknowledged: number): Promise<void> {
  const stored = await stores.departures.get(id)
  expect(stored?.revision).toBeGreaterThanOrEqual(acknowledged)
  // None before the first.
  expect(Number(stored?.remark ?? 0)).toBe((stored?.revision ?? 0) - 1)
  const waiting = (await stores.departures.unpublished(1_000)).filter(({ change }) => change.departureId === id)
  const published = (await stores.history.list(id)).map(({ revision }) => revision)
  const known = new Set([...published, ...waiting.map(({ change }) => change.revision)])
  expect(known).toEqual(new Set(Array.from({ length: stored?.revision ?? 0 }, (_, index) => index + 1)))
}

function lastRevision(reports: readonly string[], id: string): number {
  const own = reports.filter((report) => report.startsWith(`${id}:`))
  return Math.max(1, ...own.map((report) => Number(report.slice(id.length + 1))))
}

async function openWithDepartures() {
  const opened = await openEmbeddedDatabase()
  const { database } = opened
  const stores = openEmbeddedStores(database)
  await stores.departures.commitAll(departures(3).map((made) => creation(made)))
  return { database, stores, file: database.file, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() }
}
