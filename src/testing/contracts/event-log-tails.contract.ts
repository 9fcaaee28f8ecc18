import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { advance } from '../../shared/events/position.ts'
import type { LogPosition, LogRecord } from '../../shared/ports/event-log.ts'
import { eventually } from '../fixtures/eventually.ts'
import { byKey, collector, LOG_PATIENCE, messages } from '../fixtures/log-records.ts'
import type { OpenLogPair } from './log-pair.ts'

const TOPIC = 'flight_updates'

/** What fan-out readers of every `EventLog` keep to. */
export function describeTails(open: OpenLogPair): void {
  describeReading(open)
  describeFailing(open)
  describeLoss(open)
}

function describeReading(open: OpenLogPair): void {
  test('from the end gets what comes later, and soon', async () => {
    await using pair = await open()
    await pair.first.append(TOPIC, messages(5))
    const seen = collector()
    await pair.second.tail(TOPIC, await pair.second.end(TOPIC), seen)
    await pair.first.append(TOPIC, messages(5, { first: 5 }))
    await seen.have(5)
    await pair.first.append(TOPIC, messages(1, { first: 10 }))
    await seen.have(6)
    expect(byKey(seen.values())).toEqual(byKey(messages(6, { first: 5 }).map(({ value }) => value)))
  })

  test('from any place has no gap and no repetition while others go on appending', async () => {
    await using pair = await open()
    const all = messages(300, { keys: 5 })
    const appending = (async () => {
      for (let at = 0; at < all.length; at += 10) {
        await pair.first.append(TOPIC, all.slice(at, at + 10))
        await sleep(3)
      }
    })()
    await eventually(async () => sum(await pair.second.end(TOPIC)) > 50, LOG_PATIENCE)
    const start = await pair.second.end(TOPIC)
    const seen = collector()
    await pair.second.tail(TOPIC, start, seen)
    await appending
    // An append that had to be repeated stands in the log twice, and is then to be read twice: places are compared.
    const end = await pair.second.end(TOPIC)
    await seen.have(sum(end) - sum(start))
    expect(placesOf(seen.records)).toEqual(placesBetween(start, end))
    for (const [key, values] of byKey(seen.values())) {
      const sent = byKey(all.map(({ value }) => value)).get(key) ?? []
      expect(values.at(-1)).toBe(sent.at(-1))
    }
  })

  test('that is closed and opened again where it stopped misses and repeats nothing', async () => {
    await using pair = await open()
    const all = messages(200, { keys: 5 })
    const values: (string | undefined)[] = []
    let position = await pair.first.beginning(TOPIC)
    for (let at = 0; at < all.length; at += 50) {
      const seen = collector()
      const reader = await pair.second.tail(TOPIC, position, seen)
      await pair.first.append(TOPIC, all.slice(at, at + 50))
      await seen.have(10)
      await reader.close()
      position = seen.records.reduce(advance, position)
      values.push(...seen.values())
    }
    const rest = collector()
    await pair.first.tail(TOPIC, position, rest)
    await rest.have(all.length - values.length)
    values.push(...rest.values())
    expect(values).toHaveLength(all.length)
    expect(byKey(values)).toEqual(byKey(all.map(({ value }) => value)))
  })

  test('does not take from another: both get all', async () => {
    await using pair = await open()
    const [one, other, third] = [collector(), collector(), collector()]
    const start = await pair.first.beginning(TOPIC)
    await pair.first.tail(TOPIC, start, one)
    await pair.first.tail(TOPIC, start, other)
    await pair.second.tail(TOPIC, start, third)
    await pair.first.append(TOPIC, messages(40))
    for (const seen of [one, other, third]) {
      await seen.have(40)
      expect(byKey(seen.values())).toEqual(byKey(messages(40).map(({ value }) => value)))
    }
  })

  test('gets tombstones and foreign records as they are', async () => {
    await using pair = await open()
    const seen = collector()
    await pair.first.tail(TOPIC, await pair.first.beginning(TOPIC), seen)
    await pair.appendForeign(TOPIC, { key: 'B6739-2026-11-20-JFK' })
    await pair.appendForeign(TOPIC, { value: 'no key' })
    await seen.have(2)
    expect(seen.records.find(({ value }) => value === undefined)?.key).toBe('B6739-2026-11-20-JFK')
    expect(seen.records.find(({ value }) => value === 'no key')?.key).toBeUndefined()
  })
}

function describeFailing(open: OpenLogPair): void {
  test('whose handler throws gets the same records again and then goes on', async () => {
    await using pair = await open()
    const tries: string[] = []
    const seen = collector()
    await pair.first.append(TOPIC, messages(3, { keys: 1 }))
    await pair.first.tail(TOPIC, await pair.first.beginning(TOPIC), {
      async handle(records) {
        tries.push(records.map(({ offset }) => offset).join())
        if (tries.length < 4) throw new Error('the store is away')
        await seen.handle(records)
      },
    })
    await seen.have(3)
    await pair.first.append(TOPIC, messages(1, { keys: 1, first: 3 }))
    await seen.have(4)
    expect(new Set(tries.slice(0, 4))).toEqual(new Set(['0,1,2']))
    expect(seen.records.map(({ offset }) => offset)).toEqual([0, 1, 2, 3])
  })

  test('calls its handler for one batch at a time', async () => {
    await using pair = await open()
    const seen = collector()
    let [running, most] = [0, 0]
    await pair.first.tail(TOPIC, await pair.first.beginning(TOPIC), {
      async handle(records) {
        running += 1
        most = Math.max(most, running)
        await sleep(5)
        await seen.handle(records)
        running -= 1
      },
    })
    for (let at = 0; at < 10; at += 1) await pair.second.append(TOPIC, messages(8, { keys: 8, first: at * 8 }))
    await seen.have(80)
    expect(most).toBe(1)
  })

  test('that is closed waits for its handler, which is not called again', async () => {
    await using pair = await open()
    const state = { started: 0, ended: 0 }
    const reader = await pair.first.tail(TOPIC, await pair.first.beginning(TOPIC), {
      async handle() {
        state.started += 1
        await sleep(150)
        state.ended += 1
      },
    })
    await pair.second.append(TOPIC, messages(2))
    await eventually(() => state.started > 0, LOG_PATIENCE)
    await reader.close()
    const atClose = { ...state }
    await pair.second.append(TOPIC, messages(20))
    await sleep(300)
    expect(state).toEqual(atClose)
    expect(state.ended).toBe(state.started)
  })

  test('can be closed while its handler keeps failing', async () => {
    await using pair = await open()
    let calls = 0
    const reader = await pair.first.tail(TOPIC, await pair.first.beginning(TOPIC), {
      async handle() {
        calls += 1
        throw new Error('never works')
      },
    })
    await pair.first.append(TOPIC, messages(1))
    await eventually(() => calls > 2, LOG_PATIENCE)
    const started = performance.now()
    await reader.close()
    expect(performance.now() - started).toBeLessThan(5_000)
  })
}

function describeLoss(open: OpenLogPair): void {
  async function tailFrom(pair: Awaited<ReturnType<OpenLogPair>>, from: LogPosition) {
    const seen = collector()
    const lost: { readonly now: LogPosition; readonly before: number }[] = []
    await pair.second.tail(TOPIC, from, {
      ...seen,
      onLost: (now) => lost.push({ now, before: seen.records.length }),
    })
    return { seen, lost }
  }

  test('from a place of another epoch is told so before it gets what is kept', async () => {
    await using pair = await open()
    await pair.first.append(TOPIC, messages(20))
    const beginning = await pair.first.beginning(TOPIC)
    const end = await pair.first.end(TOPIC)
    const { seen, lost } = await tailFrom(pair, { ...end, epoch: 'another-life' })
    await seen.have(20)
    expect(lost).toEqual([{ now: beginning, before: 0 }])
  })

  test('from a place after the end is told so', async () => {
    await using pair = await open()
    await pair.first.append(TOPIC, messages(20))
    const { epoch, offsets } = await pair.first.end(TOPIC)
    const { seen, lost } = await tailFrom(pair, { epoch, offsets: offsets.map((offset) => offset + 1_000) })
    await seen.have(20)
    expect(lost).toHaveLength(1)
  })

  test('from a place that is no longer kept is told where it goes on', async () => {
    await using pair = await open()
    await pair.first.append(TOPIC, messages(60, { keys: 12 }))
    const old = await pair.first.beginning(TOPIC)
    await pair.trim(TOPIC)
    const beginning = await pair.first.beginning(TOPIC)
    const { seen, lost } = await tailFrom(pair, old)
    await seen.have(60 - sum(beginning))
    expect(lost).toEqual([{ now: beginning, before: 0 }])
    expect(seen.records).toHaveLength(60 - sum(beginning))
  })

  test('from the beginning and the end of what is kept has lost nothing', async () => {
    await using pair = await open()
    await pair.first.append(TOPIC, messages(60, { keys: 12 }))
    await pair.trim(TOPIC)
    const fromBeginning = await tailFrom(pair, await pair.first.beginning(TOPIC))
    const fromEnd = await tailFrom(pair, await pair.first.end(TOPIC))
    await pair.first.append(TOPIC, messages(5))
    await fromEnd.seen.have(5)
    await fromBeginning.seen.have(6)
    expect([fromBeginning.lost, fromEnd.lost]).toEqual([[], []])
  })
}

/** Where records stand, partition by partition, each in the order in which it was read. */
function placesOf(records: readonly LogRecord[]): readonly string[] {
  return [...records]
    .sort((left, right) => left.partition - right.partition)
    .map(({ partition, offset }) => `${partition}:${offset}`)
}

function placesBetween(start: LogPosition, end: LogPosition): readonly string[] {
  return end.offsets.flatMap((last, partition) => {
    const first = start.offsets[partition] ?? 0
    return Array.from({ length: last - first }, (_, index) => `${partition}:${first + index}`)
  })
}

function sum({ offsets }: LogPosition): number {
  return offsets.reduce((total, offset) => total + offset, 0)
}
