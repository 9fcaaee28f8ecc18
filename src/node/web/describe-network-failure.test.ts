import { expect, test } from 'vitest'
import { describeNetworkFailure } from './describe-network-failure.ts'

const failure = (code: string, message = 'x') => Object.assign(new Error(message), { code })

test('a code that the system gives is told in words', () => {
  expect(describeNetworkFailure(failure('ECONNREFUSED'))).toContain('nothing listens there')
})

test('it is found under what libraries wrap around it', () => {
  const wrapped = new Error('fetch failed', { cause: new AggregateError([failure('ENOTFOUND')]) })
  expect(describeNetworkFailure(wrapped)).toContain('no address is known')
  expect(
    describeNetworkFailure(Object.assign(new Error('x'), { originalError: failure('CERT_HAS_EXPIRED') })),
  ).toContain('expired')
})

test('a code that only the text holds is found as well, and nothing else of the text is told', () => {
  const text = new Error('connect ECONNREFUSED mongodb://anna:secret@db.example.com')
  expect(describeNetworkFailure(text)).toContain('nothing listens')
  expect(describeNetworkFailure(text)).not.toContain('secret')
})

test('what is no failure of the network is left to others, however deep it goes', () => {
  const endless: Error = new Error('round')
  endless.cause = endless
  expect(describeNetworkFailure(endless)).toBeUndefined()
  expect(describeNetworkFailure('no error')).toBeUndefined()
  expect(describeNetworkFailure(failure('EWHATEVER'))).toBeUndefined()
})
