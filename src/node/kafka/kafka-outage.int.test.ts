import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EventLog } from '../../shared/ports/event-log.ts'
import { eventually } from '../../testing/fixtures/eventually.ts'
import { byKey, collector, distinct, LOG_PATIENCE, messages } from '../../testing/fixtures/log-records.ts'
import { recordingLog } from '../../testing/fixtures/logs.ts'
import { freePorts } from '../../testing/services/free-port.ts'
import { type KafkaService, startKafka } from '../../testing/services/kafka.ts'
import { createKafkaLog } from './kafka-log.ts'

const TOPIC = 'flight_updates'

describe('a broker that is killed and started again', () => {
  let service: KafkaService

  beforeAll(async () => {
    service = await startKafka()
  })

  afterAll(() => service.stop())

  const open = (appendDeadline = 90_000) => {
    const logger = recordingLog()
    const settings = { brokers: service.brokers, ssl: false, sasl: undefined, topicPrefix: `${randomUUID()}.` }
    return { logger, log: createKafkaLog({ ...settings, logger, appendDeadline }) }
  }

  test('loses nothing: appends wait for it, a tail and a group go on, order is kept', async () => {
    const { log, logger } = open()
    const [tail, member] = [collector(), collector()]
    let losses = 0
    await log.tail(TOPIC, await log.end(TOPIC), { ...tail, onLost: () => (losses += 1) })
    await log.consume(TOPIC, { group: 'notifiers' }, member.handle)
    const sent = messages(400, { keys: 8 })
    const appending = appendSlowly(log, sent)
    await member.have(20)
    await service.kill()
    await sleep(4_000)
    await service.restart()
    await appending
    const wanted = byKey(sent.map(({ value }) => value))
    for (const [name, seen] of Object.entries({ tail, member })) {
      await eventually(() => distinct(seen.values()).length === sent.length, LOG_PATIENCE)
      expect(byKey(distinct(seen.values()))).toEqual(wanted)
      process.stdout.write(`${name}: ${seen.records.length - sent.length} repetitions after the outage\n`)
    }
    expect(losses).toBe(0)
    await log.close()
    expect(logger.lines.length).toBeGreaterThan(0)
    // Keys stand in some of the library's own messages; what they carry does not.
    for (const { value } of sent) expect(JSON.stringify(logger.lines)).not.toContain(value)
  })

  test('several times in a row is survived as well', async () => {
    const { log } = open()
    const seen = collector()
    await log.consume(TOPIC, { group: 'notifiers' }, seen.handle)
    const sent = messages(150, { keys: 4 })
    const appending = appendSlowly(log, sent)
    for (let time = 0; time < 3; time += 1) {
      await sleep(500)
      await service.restart()
    }
    await appending
    await eventually(() => distinct(seen.values()).length === sent.length, LOG_PATIENCE)
    expect(byKey(distinct(seen.values()))).toEqual(byKey(sent.map(({ value }) => value)))
    await log.close()
  })

  test('for longer than the deadline gives the append back, and what waits behind it', async () => {
    const { log } = open(1_500)
    await log.append(TOPIC, messages(1))
    await service.kill()
    const started = performance.now()
    const results = await Promise.allSettled([1, 2, 3].map((first) => log.append(TOPIC, messages(1, { first }))))
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(results[0]).toMatchObject({ reason: { code: 'FL_LOG_UNAVAILABLE' } })
    expect(performance.now() - started).toBeLessThan(15_000)
    await service.restart()
    await log.append(TOPIC, messages(1, { first: 4 }))
    await log.close()
  })

  test('can be closed while it is away', async () => {
    const { log } = open()
    await log.append(TOPIC, messages(1))
    await log.tail(TOPIC, await log.end(TOPIC), collector())
    await log.consume(TOPIC, { group: 'notifiers' }, collector().handle)
    await service.kill()
    const appending = log.append(TOPIC, messages(1))
    const refused = expect(appending).rejects.toMatchObject({ code: 'FL_LOG_UNAVAILABLE' })
    await sleep(500)
    const started = performance.now()
    await log.close()
    expect(performance.now() - started).toBeLessThan(8_000)
    await refused
    await service.restart()
  })
})

/** One append after the other, as the relay does. */
async function appendSlowly(log: EventLog, sent: ReturnType<typeof messages>): Promise<void> {
  for (let at = 0; at < sent.length; at += 5) {
    await log.append(TOPIC, sent.slice(at, at + 5))
    await sleep(20)
  }
}

describe('no broker at all', () => {
  test('is told after a while, and closing is quick', async () => {
    const [port = 0] = await freePorts(1)
    const settings = { brokers: [`127.0.0.1:${port}`], ssl: false, sasl: undefined }
    const log = createKafkaLog({ ...settings, logger: recordingLog(), patience: 500, appendDeadline: 500 })
    const unavailable = expect.objectContaining({ code: 'FL_LOG_UNAVAILABLE', status: 503 })
    const questions = [
      log.end(TOPIC),
      log.append(TOPIC, messages(1)),
      log.tail(TOPIC, { epoch: 'x', offsets: [0] }, collector()),
      log.consume(TOPIC, { group: 'g' }, collector().handle),
      log.lag(TOPIC, 'g'),
      log.buried(TOPIC),
    ]
    for (const question of questions) await expect(question).rejects.toEqual(unavailable)
    const started = performance.now()
    await log.close()
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
