import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { openEmbeddedDatabase } from '../../testing/fixtures/embedded-pair.ts'
import { collector, messages } from '../../testing/fixtures/log-records.ts'
import { recordingLog, silentLog } from '../../testing/fixtures/logs.ts'
import { createEmbeddedLog } from './event-log.ts'

const TOPIC = 'flight_updates'

describe('pruning', () => {
  test('removes what is older, in all topics, and keeps counting offsets', async () => {
    await using opened = await openEmbeddedDatabase()
    const log = createEmbeddedLog(opened.database, silentLog())
    await log.append(TOPIC, messages(1_300))
    await log.append('broadcasts', messages(2))
    await sleep(5)
    const between = Date.now()
    await log.append(TOPIC, messages(10))
    expect(await log.prune(between)).toBe(1_301)
    expect((await log.beginning(TOPIC)).offsets).toEqual([1_300])
    expect((await log.beginning('broadcasts')).offsets).toEqual([1])
    expect(await log.prune(Date.now() + 1)).toBe(9)
    await log.append(TOPIC, messages(1))
    expect((await log.end(TOPIC)).offsets).toEqual([1_311])
    expect(await log.prune(0)).toBe(0)
  })

  test('under a reader that is slow tells it where it goes on', async () => {
    await using opened = await openEmbeddedDatabase()
    const log = createEmbeddedLog(opened.database, silentLog())
    const beginning = await log.beginning(TOPIC)
    const gate = Promise.withResolvers<void>()
    const seen = collector()
    const lost: unknown[] = []
    await log.append(TOPIC, messages(1_200))
    await log.tail(TOPIC, beginning, {
      handle: async (records) => {
        await seen.handle(records)
        await gate.promise
      },
      onLost: (now) => lost.push(now),
    })
    await seen.have(1)
    await log.prune(Date.now() + 1)
    gate.resolve()
    await seen.have(501)
    expect(lost).toEqual([{ epoch: beginning.epoch, offsets: [1_199] }])
    expect(seen.records.at(-1)?.offset).toBe(1_199)
    await log.close()
  })

  test('under a group that is behind is reported as an error', async () => {
    await using opened = await openEmbeddedDatabase()
    const logger = recordingLog()
    const log = createEmbeddedLog(opened.database, logger)
    await log.append(TOPIC, messages(10))
    const before = collector()
    await (await log.consume(TOPIC, { group: 'slow' }, before.handle)).close()
    await log.append(TOPIC, messages(10))
    await log.prune(Date.now() + 1)
    const seen = collector()
    await log.consume(TOPIC, { group: 'slow' }, seen.handle)
    await seen.have(1)
    await log.close()
    if (before.records.length > 0) {
      expect(logger.lines).toContainEqual(expect.objectContaining({ level: 'error' }))
    }
  })
})

test('a store that fails for a while only delays its readers', async () => {
  await using opened = await openEmbeddedDatabase()
  const { database } = opened
  let isBroken = false
  const logger = recordingLog()
  const log = createEmbeddedLog(
    {
      ...database,
      prepare(sql) {
        const statement = database.prepare(sql)
        const guarded = <Result>(work: () => Result): Result => {
          if (isBroken) throw new Error('the disk is away')
          return work()
        }
        return {
          run: (...values) => guarded(() => statement.run(...values)),
          get: (...values) => guarded(() => statement.get(...values)),
          all: (...values) => guarded(() => statement.all(...values)),
        }
      },
    },
    logger,
  )
  const [tail, member] = [collector(), collector()]
  await log.tail(TOPIC, await log.end(TOPIC), tail)
  await log.consume(TOPIC, { group: 'notifiers' }, member.handle)
  await log.append(TOPIC, messages(3))
  await Promise.all([tail.have(3), member.have(3)])
  isBroken = true
  await sleep(1_500)
  isBroken = false
  await log.append(TOPIC, messages(3))
  await Promise.all([tail.have(6), member.have(6)])
  expect(logger.lines.length).toBeGreaterThan(0)
  await log.close()
})
