import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FlightlineError } from '../../shared/lib/errors.ts'
import { toStoreError } from './store-error.ts'

const file = join(tmpdir(), 'flightline.db')
const engineError = (errcode: number) => Object.assign(new Error('engine'), { code: 'ERR_SQLITE_ERROR', errcode })
const systemError = (code: string, syscall?: string) =>
  Object.assign(new Error('system'), { code, ...(syscall && { syscall }) })

test.each([
  [engineError(13), 'FL_STORE_FULL', {}],
  [engineError(5), 'FL_STORE_UNAVAILABLE', { problem: 'the file is locked by another program' }],
  [engineError(517), 'FL_STORE_UNAVAILABLE', { problem: 'the file is locked by another program' }],
  [engineError(11), 'FL_STORE_UNAVAILABLE', { problem: 'the file is damaged' }],
  [engineError(26), 'FL_STORE_UNAVAILABLE', { problem: 'the file is not a database' }],
  [engineError(8), 'FL_STORE_UNAVAILABLE', { problem: 'the file cannot be written' }],
  [engineError(778), 'FL_STORE_UNAVAILABLE', { problem: 'the disk could not be read or written' }],
  [systemError('ENOSPC', 'write'), 'FL_STORE_FULL', {}],
  [systemError('EDQUOT', 'mkdir'), 'FL_STORE_FULL', {}],
  [systemError('EACCES', 'open'), 'FL_STORE_UNAVAILABLE', { problem: 'the file cannot be used: EACCES' }],
  [systemError('ERR_INVALID_STATE'), 'FL_STORE_UNAVAILABLE', { problem: 'the store is closed' }],
])('%o becomes %s', (error, code, details) => {
  const translated = toStoreError(error, file)
  expect(translated).toMatchObject({ code, details })
  expect(translated).toHaveProperty('cause', error)
})

test.each([
  [engineError(1)],
  [engineError(19)],
  [systemError('ERR_INVALID_ARG_TYPE')],
  [new TypeError('a defect')],
  ['text'],
  [new FlightlineError('FL_SCHEMA_NEWER', { found: 2, known: 1 })],
])('%o stays what it is', (error) => {
  expect(toStoreError(error, file)).toBe(error)
})

test('an input error on a disk that cannot be asked is no full disk', () => {
  expect(toStoreError(engineError(10), '/nowhere/at/all/x.db')).toMatchObject({ code: 'FL_STORE_UNAVAILABLE' })
})
