import { expect, test } from 'vitest'
import { describeFailure } from './describe-failure.ts'
import { FlightlineError } from './errors.ts'

test('an error of ours is one line with its code', () => {
  const error = new FlightlineError('FL_SCHEMA_NEWER', { found: 9, known: 2 })
  expect(describeFailure(error)).toBe(`FL_SCHEMA_NEWER: ${error.message}`)
})

test('a defect shows where it happened, and what is no error is shown as it is', () => {
  expect(describeFailure(new TypeError('broken'))).toMatch(/^TypeError: broken\n\s+at /)
  expect(describeFailure('odd')).toBe('odd')
})

test('what an engine calls its trouble is added where the sentence does not say it', () => {
  const store = new FlightlineError('FL_STORE_UNAVAILABLE', { problem: 'the file is not a database' })
  expect(describeFailure(store)).toMatch(/ \(the file is not a database\)$/)
  const log = new FlightlineError('FL_LOG_UNAVAILABLE', { problem: 'ECONNREFUSED' })
  expect(describeFailure(log).match(/ECONNREFUSED/g)).toHaveLength(1)
})
