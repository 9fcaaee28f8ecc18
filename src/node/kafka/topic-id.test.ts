import { describe, expect, test } from 'vitest'
import { decodeResponse } from './topic-id.ts'

const int32 = (value: number) => [...Buffer.alloc(4).fill(0, 0, 3), value].slice(1)
const text = (value: string) => [value.length + 1, ...Buffer.from(value)]
const broker = (id: number, tags: readonly number[] = [0]) => [
  ...[...int32(id), ...text(`broker-${id}.example.com`)],
  ...[...int32(92), ...text('rack-1'), ...tags],
]
const ID = Array.from({ length: 16 }, (_, index) => index + 1)

/** An answer of version 12 up to the topic's id; what follows is not read. */
function answer({ brokers = [broker(1)], errorCode = 0, topics = 1, id = ID }) {
  return Buffer.from([
    ...[0, ...int32(0)],
    ...[brokers.length + 1, ...brokers.flat()],
    ...[...text('cluster'), ...int32(1)],
    ...[topics + 1, 0, errorCode, ...text('flight_updates'), ...id, 0],
  ])
}

describe('the id in a metadata answer', () => {
  test('is found behind any number of brokers', () => {
    const id = Buffer.from(ID).toString('base64url')
    expect(id).toMatch(/^[\w-]{22}$/)
    for (const count of [0, 1, 5]) {
      const brokers = Array.from({ length: count }, (_, index) => broker(index))
      expect(decodeResponse(answer({ brokers }))).toBe(id)
    }
  })

  test('is found behind fields that were added to the protocol later', () => {
    expect(decodeResponse(answer({ brokers: [broker(1, [2, 0, 3, 9, 9, 9, 0x81, 0x01, 1, 7])] }))).toBeDefined()
  })

  test('is missing where the broker does not know the topic, or gives it none', () => {
    expect(decodeResponse(answer({ errorCode: 3 }))).toBeUndefined()
    expect(decodeResponse(answer({ topics: 0 }))).toBeUndefined()
    expect(decodeResponse(answer({ id: ID.map(() => 0) }))).toBeUndefined()
  })

  test('an answer that is cut short is an error, not an id', () => {
    const whole = answer({})
    for (const length of [0, 3, 20, whole.length - 8]) {
      expect(() => decodeResponse(whole.subarray(0, length))).toThrow()
    }
  })
})
