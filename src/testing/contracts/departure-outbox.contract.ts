import { expect, test } from 'vitest'
import type { Amendment } from '../../shared/domain/change.ts'
import type { Departure } from '../../shared/domain/departure.ts'
import { type DepartureStore, OUTBOX_CAP } from '../../shared/ports/departure-store.ts'
import { amendment, creation } from '../fixtures/amendment.ts'
import { departure, departures, NOON } from '../fixtures/departure.ts'
import { eventually } from '../fixtures/eventually.ts'
import type { OpenPair } from './store-pair.ts'

/** Part of `describeDepartureStore`: what is accepted and not yet on the log. */
export function describeDepartureOutbox(open: OpenPair): void {
  test('holds each change with the state right after it, in order of revision', async () => {
    await using pair = await open()
    const [created, ...edits] = chain(departure(), 3)
    if (!created) throw new Error('a creation is needed')
    await pair.first.departures.commitAll([created, ...edits])
    expect(await pair.second.departures.unpublished(10)).toEqual(
      [created, ...edits].map(({ change, next }) => ({ change, departure: next })),
    )
  })

  test('is emptied in slices without a gap in any departure', async () => {
    await using pair = await open()
    const made = departures(3)
    for (const each of made) await pair.first.departures.commitAll(chain(each, 3))
    const seen: string[] = []
    for (let entries = await next(pair.second.departures); entries.length > 0; ) {
      expect(entries.length).toBeLessThanOrEqual(5)
      seen.push(...entries.map(({ change }) => change.id))
      await pair.second.departures.markPublished(entries.map(({ change }) => change))
      entries = await next(pair.second.departures)
    }
    for (const { id } of made) {
      expect(seen.filter((each) => each.startsWith(`${id}:`))).toEqual(
        [1, 2, 3, 4].map((revision) => `${id}:${revision}`),
      )
    }
  })

  test('loses only what is marked, however often, and marks leave the departure alone', async () => {
    await using pair = await open()
    const [first, second] = chain(departure(), 1)
    if (!first || !second) throw new Error('two amendments are needed')
    await pair.first.departures.commitAll([first, second])
    await pair.first.departures.markPublished([])
    await pair.first.departures.markPublished([first.change])
    await pair.second.departures.markPublished([first.change, { departureId: 'XX1-2026-11-20-JFK', revision: 1 }])
    expect(await pair.first.departures.unpublished(10)).toMatchObject([{ change: { revision: 2 } }])
    expect(await pair.first.departures.get(first.next.id)).toEqual(second.next)
    expect(await pair.first.departures.externalEdits()).toEqual([])
  })

  test('tells its size and the age of its oldest entry', async () => {
    await using pair = await open()
    const store = pair.first.departures
    expect(await store.backlog()).toEqual({ count: 0 })
    const [a, b] = departures(2)
    await store.commit(creation(a, { at: NOON + 5 }))
    await store.commit(creation(b, { at: NOON + 3 }))
    expect(await pair.second.departures.backlog()).toEqual({ count: 2, oldestAt: NOON + 3 })
    await store.markPublished([{ departureId: b?.id ?? '', revision: 1 }])
    expect(await store.backlog()).toEqual({ count: 1, oldestAt: NOON + 5 })
  })

  test(`refuses edits of a departure with ${OUTBOX_CAP} unpublished changes, and takes them again later`, async () => {
    await using pair = await open()
    const store = pair.first.departures
    const full = chain(departure(), OUTBOX_CAP - 1)
    await store.commitAll(full)
    const present = full.at(-1)?.next ?? departure()
    const refused = await pair.second.departures.commit(amendment(present, { gate: 'Z1' }))
    expect(refused).toEqual({ outcome: 'outbox-full', departure: present, count: OUTBOX_CAP })
    expect(await store.get(present.id)).toEqual(present)
    await store.markPublished([{ departureId: present.id, revision: 1 }])
    expect(await store.commit(amendment(present, { gate: 'Z1' }))).toMatchObject({ outcome: 'committed' })
    expect(await store.commit(creation(departure({ id: 'LH1-2026-11-20-FRA' })))).toMatchObject({
      outcome: 'committed',
    })
  })

  test('when full still tells a stale edit and a repeated command apart', async () => {
    await using pair = await open()
    const store = pair.first.departures
    const full = chain(departure(), OUTBOX_CAP - 1, 'k')
    await store.commitAll(full)
    expect(await store.commit(amendment(departure(), { gate: 'Z1' }))).toMatchObject({ outcome: 'stale' })
    const repeated = full.at(-2)
    if (!repeated) throw new Error('an edit is needed')
    expect(await store.commit(repeated)).toMatchObject({ outcome: 'repeated', revision: OUTBOX_CAP - 1 })
  })

  test('wakes who watches, on writes of either connection, until the watch ends', async () => {
    await using pair = await open()
    const calls = { first: 0, second: 0 }
    const stopFirst = pair.first.departures.watch(() => (calls.first += 1))
    const stopSecond = pair.second.departures.watch(() => (calls.second += 1))
    await writeUntil(pair.first.departures, () => calls.first > 0 && calls.second > 0)
    await stopSecond()
    const [heard, before] = [calls.second, calls.first]
    await writeUntil(pair.second.departures, () => calls.first > before)
    expect(calls.second).toBe(heard)
    await stopFirst()
  })

  test('never calls a departure untouched by others in a hint that somebody changed it beside us', async () => {
    await using pair = await open()
    const [own, foreign] = departures(2)
    if (!own || !foreign) throw new Error('two were made')
    await pair.first.departures.commitAll([own, foreign].map((each) => creation(each)))
    const named = new Set<string>()
    let isUnknown = false
    const stop = pair.second.departures.watch((ids) => {
      for (const id of ids ?? []) named.add(id)
      isUnknown ||= ids === undefined
    })
    let present = own
    await eventually(async () => {
      const edit = amendment(present, { gate: `C${present.revision}` })
      await pair.first.departures.commit(edit)
      await pair.first.departures.markPublished([edit.change])
      present = edit.next
      isUnknown = false
      await pair.external.write(foreign.id, { gate: `Z${present.revision}` })
      await new Promise((resolve) => setTimeout(resolve, 60))
      return isUnknown || named.has(foreign.id)
    })
    expect(named.has(own.id)).toBe(false)
    expect((await pair.second.departures.externalEdits([foreign.id])).map(({ departure: { id } }) => id)).toEqual([
      foreign.id,
    ])
    await stop()
  })
}

/** A creation and `edits` edits that follow each other. */
function chain(start: Departure, edits: number, commandPrefix?: string): readonly Amendment[] {
  const made: Amendment[] = [creation(start)]
  for (let index = 1; index <= edits; index += 1) {
    const command = commandPrefix === undefined ? {} : { commandId: `${commandPrefix}${index}` }
    made.push(amendment(made.at(-1)?.next, { remark: `edit ${index}` }, command))
  }
  return made
}

function next(store: DepartureStore) {
  return store.unpublished(5)
}

/** A wake-up is a hint that may be missing, at the start of a watch above all: so it is provoked until it comes. */
async function writeUntil(store: DepartureStore, isDone: () => boolean): Promise<void> {
  let number = Number((await store.backlog()).count)
  await eventually(async () => {
    number += 1
    await store.commit(creation(departure({ id: `LH${number}-2026-11-20-FRA` })))
    await new Promise((resolve) => setTimeout(resolve, 60))
    return isDone()
  })
}
