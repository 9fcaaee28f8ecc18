import { expect, test } from 'vitest'
import { recordingLog } from '../../testing/fixtures/logs.ts'
import { FlightlineError } from '../lib/errors.ts'
import type { LogRecord } from '../ports/event-log.ts'
import { createEventReader } from './event-reader.ts'

const UNREADABLE = 'poison'

test('what can be read stands with its event, in order, and what cannot without one', async () => {
  const { read, buried, logger } = openReader()
  const batch = records(['one', UNREADABLE, 'three'])
  expect(await read(batch)).toMatchObject([{ event: 'one' }, { record: batch[1] }, { event: 'three' }])
  expect(buried).toEqual([batch[1]])
  expect(logger.lines).toMatchObject([{ level: 'warn' }])
})

test('a batch that comes again is read again, and its poison set aside no second time', async () => {
  const { read, buried, logger } = openReader()
  const batch = records([UNREADABLE, 'two', UNREADABLE])
  await read(batch)
  expect(await read(batch)).toMatchObject([{}, { event: 'two' }, {}])
  expect(buried).toHaveLength(2)
  expect(logger.lines).toHaveLength(2)
})

test('a batch whose poison could not be set aside goes on where it failed', async () => {
  const { read, buried, failAt } = openReader()
  const batch = records([UNREADABLE, UNREADABLE, UNREADABLE])
  failAt(1)
  await expect(read(batch)).rejects.toThrow('broker away')
  failAt(undefined)
  await read(batch)
  expect(buried).toEqual(batch)
})

test('partitions have offsets of their own', async () => {
  const { read, buried } = openReader()
  await read(records([UNREADABLE, UNREADABLE], { partition: 1 }))
  await read(records([UNREADABLE], { partition: 0 }))
  expect(buried).toHaveLength(3)
})

test('offsets of another life of the log say nothing of those before', async () => {
  const { read, restart, buried } = openReader()
  await read(records([UNREADABLE]))
  restart()
  await read(records([UNREADABLE]))
  expect(buried).toHaveLength(2)
})

test('a defect of the decoder is no poison', async () => {
  const { read, buried } = openReader()
  await expect(read(records(['defect']))).rejects.toThrow('defect')
  expect(buried).toEqual([])
})

function openReader() {
  const buried: LogRecord[] = []
  const logger = recordingLog()
  let failing: number | undefined
  const bury = async (record: LogRecord) => {
    if (record.offset === failing) throw new Error('broker away')
    buried.push(record)
  }
  const reader = createEventReader({ log: { bury }, logger }, (value) => {
    if (value === 'defect') throw new Error('defect')
    if (value === UNREADABLE)
      throw new FlightlineError('FL_EVENT_UNREADABLE', { topic: 'broadcasts', problem: 'poison' })
    return value
  })
  const failAt = (offset: number | undefined) => {
    failing = offset
  }
  return { ...reader, buried, logger, failAt }
}

function records(values: readonly string[], { partition = 0 } = {}): readonly LogRecord[] {
  return values.map((value, offset) => ({ topic: 'broadcasts', partition, offset, key: 'key', value }))
}
