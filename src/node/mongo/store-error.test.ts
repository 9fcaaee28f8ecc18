import { MongoNetworkError, MongoServerError } from 'mongodb'
import { expect, test } from 'vitest'
import { guarded } from './store-error.ts'

test.each([
  [
    new MongoServerError({ code: 18, codeName: 'AuthenticationFailed', errmsg: 'user ada@example.com' }),
    'AuthenticationFailed',
  ],
  [new MongoNetworkError('connect ECONNREFUSED mongodb://ada:secret@127.0.0.1'), 'MongoNetworkError'],
])('trouble of the server is named and its text kept back: %#', async (error, problem) => {
  const failure = guarded(() => Promise.reject(error))
  await expect(failure).rejects.toMatchObject({ code: 'FL_STORE_UNAVAILABLE', details: { problem } })
})

test('a full disk is told apart, and a defect stays a defect', async () => {
  const full = new MongoServerError({ code: 14031, codeName: 'OutOfDiskSpace', errmsg: 'full' })
  await expect(guarded(() => Promise.reject(full))).rejects.toMatchObject({ code: 'FL_STORE_FULL' })
  await expect(guarded(() => Promise.reject(new TypeError('defect')))).rejects.toThrow(TypeError)
})

test('what the account may not do is told apart from a server that does not answer', async () => {
  const refused = new MongoServerError({ code: 13, codeName: 'Unauthorized', errmsg: 'not authorized on flightline' })
  await expect(guarded(() => Promise.reject(refused))).rejects.toMatchObject({ code: 'FL_STORE_RIGHTS' })
})

test('a document that the validator of its collection refuses is a defect', async () => {
  const invalid = new MongoServerError({
    code: 121,
    codeName: 'DocumentValidationFailure',
    errmsg: 'failed validation',
  })
  await expect(guarded(() => Promise.reject(invalid))).rejects.toBe(invalid)
})
