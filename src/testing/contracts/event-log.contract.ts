import { describe, expect, test } from 'vitest'
import type { LogMessage } from '../../shared/ports/event-log.ts'
import { eventually } from '../fixtures/eventually.ts'
import { byKey, collector, distinct, LOG_PATIENCE, messages } from '../fixtures/log-records.ts'
import { describeGroups } from './event-log-groups.contract.ts'
import { describeTails } from './event-log-tails.contract.ts'
import type { OpenLogPair } from './log-pair.ts'

const TOPIC = 'flight_updates'

/** What every `EventLog` keeps to. */
export function describeEventLog(name: string, open: OpenLogPair): void {
  describe(`EventLog on ${name}`, { timeout: 120_000 }, () => {
    describe('appending', () => describeAppending(open))
    describe('positions', () => describePositions(open))
    describe('a tail', () => describeTails(open))
    describe('a group', () => describeGroups(open))
    describe('records set aside', () => describeBurial(open))
    describe('closing', () => describeClosing(open))
  })
}

/** Everything in the topic, once `count` records are there. */
async function readAll(pair: Awaited<ReturnType<OpenLogPair>>, count: number) {
  const seen = collector()
  const reader = await pair.second.tail(TOPIC, await pair.second.beginning(TOPIC), seen)
  await eventually(() => distinct(seen.values()).length >= count, LOG_PATIENCE)
  await reader.close()
  return seen
}

const valuesOf = (list: readonly LogMessage[]) => list.map(({ value }) => value)

function describeAppending(open: OpenLogPair): void {
  test('what one appends another reads, whole, and in order per key', async () => {
    await using pair = await open()
    const sent = messages(60, { keys: 7 })
    for (let at = 0; at < sent.length; at += 20) await pair.first.append(TOPIC, sent.slice(at, at + 20))
    const seen = await readAll(pair, 60)
    expect(byKey(seen.values())).toEqual(byKey(valuesOf(sent)))
    expect(seen.records[0]).toEqual({
      topic: TOPIC,
      partition: expect.any(Number),
      offset: 0,
      key: expect.stringMatching(/^B6/),
      value: expect.stringMatching(/^B6/),
    })
  })

  test('offsets of a partition rise by one', async () => {
    await using pair = await open()
    await pair.first.append(TOPIC, messages(40))
    const seen = await readAll(pair, 40)
    for (const records of Map.groupBy(seen.records, ({ partition }) => partition).values()) {
      expect(records.map(({ offset }) => offset)).toEqual(records.map((_, index) => index))
    }
  })

  test('thousands of large messages in one call arrive in order', async () => {
    await using pair = await open()
    const padding = 'x'.repeat(1_500)
    const sent = messages(2_000).map((message) => ({ ...message, value: `${message.value} ${padding}` }))
    await pair.first.append(TOPIC, sent)
    // On a machine that stands still for seconds a part of so much is appended twice, which readers must be ready for.
    const seen = await readAll(pair, 2_000)
    expect(byKey(distinct(seen.values()))).toEqual(byKey(valuesOf(sent)))
  })

  test('any text comes back as it was', async () => {
    await using pair = await open()
    const value = JSON.stringify({ text: 'Zürich → 東京 🛫 \u0000 "quoted"\n' })
    await pair.first.append(TOPIC, [{ key: 'LX160-2026-11-20-ZRH', id: 'LX160-2026-11-20-ZRH:1', value }])
    expect((await readAll(pair, 1)).values()).toEqual([value])
  })

  test('appends at the same time do not mix up their own order', async () => {
    await using pair = await open()
    const batches = [0, 1, 2, 3, 4].map((batch) => messages(20, { keys: 1, first: batch * 1_000 }))
    await Promise.all(batches.map((batch, index) => (index % 2 ? pair.first : pair.second).append(TOPIC, batch)))
    const values = (await readAll(pair, 100)).values()
    for (const batch of batches) {
      const own = new Set(valuesOf(batch))
      expect(values.filter((value) => value && own.has(value))).toEqual([...own])
    }
  })

  test('nothing is appended for nothing', async () => {
    await using pair = await open()
    const before = await pair.first.end(TOPIC)
    await pair.first.append(TOPIC, [])
    expect(await pair.first.end(TOPIC)).toEqual(before)
  })

  test('topics are apart', async () => {
    await using pair = await open()
    await pair.first.append('broadcasts', messages(3))
    expect(total((await pair.second.end(TOPIC)).offsets)).toBe(0)
    expect(total((await pair.second.end('broadcasts')).offsets)).toBe(3)
  })
}

const total = (offsets: readonly number[]) => offsets.reduce((sum, offset) => sum + offset, 0)

function describePositions(open: OpenLogPair): void {
  test('of an empty topic begin and end at the same place, for everybody', async () => {
    await using pair = await open()
    const [beginning, end] = [await pair.first.beginning(TOPIC), await pair.second.end(TOPIC)]
    expect(beginning).toEqual(end)
    expect(total(end.offsets)).toBe(0)
    expect(end.epoch).toMatch(/^[\w-]{1,80}$/)
  })

  test('move on with what is appended and stay in their epoch', async () => {
    await using pair = await open()
    const before = await pair.first.end(TOPIC)
    await pair.first.append(TOPIC, messages(30))
    const after = await pair.second.end(TOPIC)
    expect(total(after.offsets)).toBe(30)
    expect(after.epoch).toBe(before.epoch)
    expect(await pair.second.beginning(TOPIC)).toEqual(before)
  })

  test('begin later once old records are gone, in the same epoch', async () => {
    await using pair = await open()
    await pair.first.append(TOPIC, messages(30, { keys: 12 }))
    const end = await pair.first.end(TOPIC)
    await pair.trim(TOPIC)
    const beginning = await pair.first.beginning(TOPIC)
    expect(total(beginning.offsets)).toBeGreaterThan(0)
    expect(beginning.epoch).toBe(end.epoch)
    expect(await pair.second.end(TOPIC)).toEqual(end)
  })

  test('of two logs are of two epochs', async () => {
    await using one = await open()
    await using other = await open()
    expect((await one.first.end(TOPIC)).epoch).not.toBe((await other.first.end(TOPIC)).epoch)
  })
}

function describeBurial(open: OpenLogPair): void {
  test('are listed with place, content and reason, the newest last', async () => {
    await using pair = await open()
    const place = { topic: TOPIC, partition: 0 } as const
    const bad = { ...place, offset: 7, key: 'B6739-2026-11-20-JFK', value: '{"half":' }
    const tombstone = { ...place, offset: 9, key: undefined, value: undefined }
    await pair.first.bury(bad, 'not JSON')
    await pair.second.bury(tombstone, 'no value')
    await eventuallyEqual(
      () => pair.first.buried(TOPIC),
      [
        { record: bad, reason: 'not JSON' },
        { record: tombstone, reason: 'no value' },
      ],
    )
    expect(await pair.first.buried('broadcasts')).toEqual([])
  })

  test('stand there once, although several readers stumbled over them', async () => {
    await using pair = await open()
    const bad = { topic: TOPIC, partition: 0, offset: 7, key: undefined, value: 'x' } as const
    await pair.first.bury(bad, 'not JSON')
    await pair.second.bury(bad, 'not JSON either')
    await eventuallyEqual(() => pair.second.buried(TOPIC), [{ record: bad, reason: 'not JSON' }])
  })

  test('may be as large as a record can be', async () => {
    await using pair = await open()
    const value = 'x'.repeat(900_000)
    await pair.first.bury({ topic: TOPIC, partition: 0, offset: 1, key: 'k', value }, 'too long\n"for us" → ü')
    const [dead] = await pair.first.buried(TOPIC)
    expect(dead?.reason).toBe('too long\n"for us" → ü')
    expect(dead?.record.value === value).toBe(true)
  })
}

async function eventuallyEqual(read: () => Promise<unknown>, expected: unknown): Promise<void> {
  await expect.poll(read, { timeout: 40_000 }).toEqual(expected)
}

function describeClosing(open: OpenLogPair): void {
  test('the log ends all its readers', async () => {
    await using pair = await open()
    const [tail, member] = [collector(), collector()]
    await pair.first.tail(TOPIC, await pair.first.end(TOPIC), tail)
    await pair.first.consume(TOPIC, { group: 'closing' }, member.handle)
    await pair.second.append(TOPIC, messages(3))
    await Promise.all([tail.have(3), member.have(3)])
    const started = performance.now()
    await pair.first.close()
    expect(performance.now() - started).toBeLessThan(5_000)
    await pair.second.append(TOPIC, messages(3))
    await (await pair.second.tail(TOPIC, await pair.second.end(TOPIC), collector())).close()
    expect([tail.records.length, member.records.length]).toEqual([3, 3])
  })

  test('twice is no error, neither of a reader nor of the log', async () => {
    await using pair = await open()
    const reader = await pair.first.tail(TOPIC, await pair.first.end(TOPIC), collector())
    await Promise.all([reader.close(), reader.close()])
    await pair.first.close()
    await pair.first.close()
  })
}
