import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { followStream, RETRY_AFTER } from './follow-stream.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

async function* numbers(from: number): AsyncGenerator<number, void> {
  yield from
  yield from + 1
  throw new Error('the port was closed')
}

test('a stream that ends, breaks or cannot be opened is opened again', async () => {
  const taken: number[] = []
  let attempts = 0
  const stop = followStream(
    async () => {
      attempts += 1
      if (attempts === 2) throw new Error('nobody is there')
      return numbers(attempts * 10)
    },
    (value) => taken.push(value),
  )
  await vi.advanceTimersByTimeAsync(0)
  expect(taken).toEqual([10, 11])
  await vi.advanceTimersByTimeAsync(RETRY_AFTER * 2)
  expect(taken).toEqual([10, 11, 30, 31])
  stop()
  await vi.advanceTimersByTimeAsync(RETRY_AFTER * 5)
  expect(attempts).toBe(3)
})
