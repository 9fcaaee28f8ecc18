import { expect, test } from 'vitest'
import { recordingLog } from '../../testing/fixtures/logs.ts'
import { memoryLog } from '../../testing/twins/memory-log.ts'
import { readingLog } from './reading-log.ts'

const TOPIC = 'flight_updates'

test('a desk reads', async () => {
  const log = memoryLog()
  const desk = readingLog(log, recordingLog())
  log.inject(TOPIC, 'value')
  expect((await desk.end(TOPIC)).offsets).toEqual([1])
})

test('a desk neither publishes nor reads in a group', async () => {
  const log = memoryLog()
  const desk = readingLog(log, recordingLog())
  await expect(desk.append(TOPIC, [{ key: 'a', id: 'a:1', value: '{}' }])).rejects.toThrow('publishes nothing')
  await expect(desk.consume(TOPIC, { group: 'desk' }, async () => undefined)).rejects.toThrow('no group')
  expect(log.records(TOPIC)).toEqual([])
})

test('a record that cannot be read is told and stays where it is', async () => {
  const log = memoryLog()
  const logger = recordingLog()
  const record = { topic: TOPIC, partition: 0, offset: 7, key: 'a', value: 'secret' } as const
  await readingLog(log, logger).bury(record, 'not JSON')
  expect(await log.buried(TOPIC)).toEqual([])
  expect(logger.lines).toMatchObject([
    { level: 'warn', fields: { topic: TOPIC, partition: 0, offset: 7, reason: 'not JSON' } },
  ])
  expect(JSON.stringify(logger.lines)).not.toContain('secret')
})
