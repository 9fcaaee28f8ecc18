import { randomUUID } from 'node:crypto'
import { type Admin, Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { eventually } from '../../testing/fixtures/eventually.ts'
import { startLogProcess } from '../../testing/fixtures/log-process.ts'
import { collector, distinct, LOG_PATIENCE, messages } from '../../testing/fixtures/log-records.ts'
import { silentLog } from '../../testing/fixtures/logs.ts'
import '../../testing/services/provided-context.ts'
import { createKafkaLog } from './kafka-log.ts'
import type { KafkaLogOptions } from './kafka-options.ts'

const TOPIC = 'flight_updates'
const brokers = inject('kafkaBrokers')
let admin: Admin

beforeAll(async () => {
  admin = new Kafka({ brokers, logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
})

afterAll(() => admin.disconnect())

function open(more: Partial<Pick<KafkaLogOptions, 'topicPrefix' | 'partitions' | 'createsTopics' | 'patience'>> = {}) {
  const topicPrefix = more.topicPrefix ?? `${randomUUID()}.`
  const settings = { brokers, ssl: false, sasl: undefined, logger: silentLog(), ...more, topicPrefix }
  return { topicPrefix, name: topicPrefix + TOPIC, log: createKafkaLog(settings) }
}

describe('topics', () => {
  test('are created once, with the partitions asked for, although many start at the same time', async () => {
    const topicPrefix = `${randomUUID()}.`
    const logs = Array.from({ length: 5 }, () => open({ topicPrefix, partitions: 3 }).log)
    const ends = await Promise.all(logs.map((log) => log.end(TOPIC)))
    expect(new Set(ends.map((end) => JSON.stringify(end))).size).toBe(1)
    expect(ends[0]?.offsets).toEqual([0, 0, 0])
    await Promise.all(logs.map((log) => log.close()))
  })

  test('have four partitions otherwise', async () => {
    const { log } = open()
    expect((await log.end(TOPIC)).offsets).toEqual([0, 0, 0, 0])
    await log.close()
  })

  test('are waited for where they are not to be created', async () => {
    const topicPrefix = `${randomUUID()}.`
    const desk = open({ topicPrefix, createsTopics: false, patience: 500 }).log
    const missing = { code: 'FL_LOG_UNAVAILABLE', details: { problem: 'UNKNOWN_TOPIC_OR_PARTITION' } }
    await expect(desk.end(TOPIC)).rejects.toMatchObject(missing)
    expect(await admin.listTopics()).not.toContain(topicPrefix + TOPIC)
    const backend = open({ topicPrefix }).log
    await backend.append(TOPIC, messages(3, { keys: 1 }))
    expect((await desk.end(TOPIC)).offsets).toHaveLength(4)
    await Promise.all([desk.close(), backend.close()])
  })

  test('that exist already are used as they are', async () => {
    const { log, name } = open()
    await admin.createTopics({ topics: [{ topic: name, numPartitions: 7 }] })
    expect((await log.end(TOPIC)).offsets).toHaveLength(7)
    await log.close()
  })

  test('that get more partitions are read in full', async () => {
    const { log, name } = open({ partitions: 1 })
    const position = await log.end(TOPIC)
    await admin.createPartitions({ topicPartitions: [{ topic: name, count: 3 }] })
    await untilServed(name, 3)
    const later = open({ topicPrefix: name.slice(0, -TOPIC.length) })
    await later.log.append(TOPIC, messages(30, { keys: 10 }))
    const seen = collector()
    let losses = 0
    await later.log.tail(TOPIC, position, { ...seen, onLost: () => (losses += 1) })
    await seen.have(30)
    expect([seen.records.length, losses]).toEqual([30, 0])
    expect(new Set(seen.records.map(({ partition }) => partition)).size).toBeGreaterThan(1)
    await Promise.all([log.close(), later.log.close()])
  })
})

/** Partitions are named before their leaders serve them; what is appended in between may be appended twice. */
async function untilServed(topic: string, partitions: number): Promise<void> {
  await eventually(async () => {
    const offsets = await admin.fetchTopicOffsets(topic).catch(() => [])
    return offsets.length === partitions
  }, LOG_PATIENCE)
}

describe('a topic that is deleted and created again', () => {
  test('is of another epoch', async () => {
    const { log, name } = open()
    const before = await log.end(TOPIC)
    await recreate(name)
    const after = await log.end(TOPIC)
    expect(after.offsets).toEqual(before.offsets)
    expect(after.epoch).not.toBe(before.epoch)
    await log.close()
  })

  test('is announced to a running tail, which then gets the new life from its beginning', async () => {
    const { log, name, topicPrefix } = open()
    await log.append(TOPIC, messages(40))
    const seen = collector()
    const lost: unknown[] = []
    await log.tail(TOPIC, await log.beginning(TOPIC), { ...seen, onLost: (now) => lost.push(now) })
    await seen.have(40)
    await recreate(name)
    const later = open({ topicPrefix })
    await later.log.append(TOPIC, messages(60, { first: 100 }))
    await seen.have(100)
    expect(lost).toEqual([await later.log.beginning(TOPIC)])
    expect(seen.values().slice(40).toSorted()).toEqual(
      messages(60, { first: 100 })
        .map(({ value }) => value)
        .toSorted(),
    )
    await Promise.all([log.close(), later.log.close()])
  })

  test('is read by a running group from its beginning', async () => {
    const { log, name, topicPrefix } = open()
    await log.append(TOPIC, messages(20))
    const seen = collector()
    await log.consume(TOPIC, { group: 'notifiers' }, seen.handle)
    await seen.have(20)
    await recreate(name)
    const later = open({ topicPrefix })
    await later.log.append(TOPIC, messages(20, { first: 100 }))
    const wanted = messages(20, { first: 100 }).map(({ value }) => value)
    await eventually(() => wanted.every((value) => seen.values().includes(value)), LOG_PATIENCE)
    await Promise.all([log.close(), later.log.close()])
  })

  async function recreate(name: string): Promise<void> {
    await admin.deleteTopics({ topics: [name] })
    await eventually(async () => !(await admin.listTopics()).includes(name), LOG_PATIENCE)
    await admin.createTopics({ topics: [{ topic: name, numPartitions: 4 }] })
    await untilServed(name, 4)
  }
})

describe('a tail that is behind', () => {
  test('is handed at once whatever a broker answers at once', async () => {
    const { log } = open()
    const beginning = await log.beginning(TOPIC)
    await log.append(TOPIC, messages(3_000, { keys: 50 }))
    const seen = collector()
    const sizes: number[] = []
    await log.tail(TOPIC, beginning, {
      async handle(records) {
        sizes.push(records.length)
        await seen.handle(records)
      },
    })
    await seen.have(3_000)
    expect(Math.max(...sizes)).toBeGreaterThanOrEqual(3_000)
    await log.close()
  })
})

describe('a member in another process that is killed', () => {
  test('is replaced, and what it had not finished is read again', async () => {
    const { log, topicPrefix } = open()
    await log.append(TOPIC, messages(40, { keys: 12 }))
    const place = { kind: 'kafka', brokers, topicPrefix } as const
    const other = startLogProcess(place, { kind: 'consume', group: 'notifiers', pause: 60_000 })
    await eventually(() => other.reports.length > 0, LOG_PATIENCE)
    const seen = collector()
    await log.consume(TOPIC, { group: 'notifiers' }, seen.handle)
    other.process.kill('SIGKILL')
    await other.ended
    const killedAt = performance.now()
    await seen.have(40)
    const took = performance.now() - killedAt
    process.stdout.write(`replaced after ${Math.round(took)} ms\n`)
    expect(took).toBeLessThan(20_000)
    await log.close()
  })
})

describe('figures', () => {
  test('a tail has its first record well within two seconds', async () => {
    const { log } = open()
    const start = await log.end(TOPIC)
    await log.append(TOPIC, messages(1))
    const seen = collector()
    const started = performance.now()
    await log.tail(TOPIC, start, seen)
    await seen.have(1)
    const took = performance.now() - started
    process.stdout.write(`tail to first record: ${Math.round(took)} ms\n`)
    expect(took).toBeLessThan(2_000)
    await log.close()
  })

  test('fifty thousand small messages go through', async () => {
    const { log } = open()
    const beginning = await log.beginning(TOPIC)
    const all = messages(50_000, { keys: 50 })
    const measure = async (what: string, work: () => Promise<unknown>) => {
      const started = performance.now()
      await work()
      const took = performance.now() - started
      process.stdout.write(`${what} 50,000: ${Math.round(took)} ms, ${Math.round(50_000_000 / took)} per second\n`)
    }
    await measure('append', () => log.append(TOPIC, all))
    const [tail, member] = [collector(), collector()]
    await measure('tail', async () => {
      await log.tail(TOPIC, beginning, tail)
      await tail.have(50_000)
    })
    await measure('group', async () => {
      await log.consume(TOPIC, { group: 'notifiers' }, member.handle)
      await member.have(50_000)
    })
    // On a machine that stands still for seconds a part is appended twice, which readers must be ready for.
    const counts = () => [tail, member].map((seen) => distinct(seen.values()).length)
    await eventually(() => counts().every((count) => count === 50_000), LOG_PATIENCE)
    expect(counts()).toEqual([50_000, 50_000])
    await log.close()
  })
})
