import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { recordingLog } from '../../testing/fixtures/logs.ts'
import { logUnhandled } from './log-unhandled.ts'

test('an error that nobody handled stands in the log, with where it came from', () => {
  const [source, logger] = [new EventEmitter(), recordingLog()]
  logUnhandled(source, logger)
  const err = new Error('planted')
  source.emit('uncaughtExceptionMonitor', err, 'unhandledRejection')
  expect(logger.lines).toEqual([
    { level: 'error', fields: { err, origin: 'unhandledRejection' }, message: 'an error that nobody handled' },
  ])
})
