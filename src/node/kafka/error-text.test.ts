import { describe, expect, test } from 'vitest'
import { isFinal, nameFailure } from './error-text.ts'

const typed = (type: string) => Object.assign(new Error('made by the broker'), { type })

describe('the name of a failure', () => {
  test('is what Kafka calls it, however deep it lies', () => {
    expect(nameFailure(typed('NOT_LEADER_FOR_PARTITION'))).toBe('NOT_LEADER_FOR_PARTITION')
    const wrapped = new Error('retries', { cause: new Error('again', { cause: typed('LEADER_NOT_AVAILABLE') }) })
    expect(nameFailure(wrapped)).toBe('LEADER_NOT_AVAILABLE')
  })

  test('is what the library calls it where Kafka said nothing', () => {
    const error = Object.assign(new Error('x', { cause: new Error('plain') }), { name: 'KafkaJSConnectionError' })
    expect(nameFailure(error)).toBe('KafkaJSConnectionError')
    expect(nameFailure(new Error('outer', { cause: error }))).toBe('KafkaJSConnectionError')
  })

  test('of something that is no error is unknown', () => {
    expect(nameFailure('text with alice@example.com')).toBe('unknown')
    expect(nameFailure(undefined)).toBe('unknown')
  })
})

test('only what the broker will never take is final', () => {
  expect(isFinal(typed('MESSAGE_TOO_LARGE'))).toBe(true)
  expect(isFinal(new Error('outer', { cause: typed('TOPIC_AUTHORIZATION_FAILED') }))).toBe(true)
  expect(isFinal(typed('REQUEST_TIMED_OUT'))).toBe(false)
  expect(isFinal(new Error('x'))).toBe(false)
})
