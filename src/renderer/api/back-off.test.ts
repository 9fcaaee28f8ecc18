import { expect, test } from 'vitest'
import { backOff } from './back-off.ts'

test('the first attempt follows within half a second', () => {
  expect(backOff(0, 0)).toBe(250)
  expect(backOff(0, 1)).toBe(500)
})

test('pauses double up to a quarter of a minute', () => {
  expect([0, 1, 2, 3, 4, 5, 6].map((attempt) => backOff(attempt, 1))).toEqual([
    500, 1000, 2000, 4000, 8000, 15000, 15000,
  ])
  expect(backOff(5000, 1)).toBe(15_000)
})

test('two desks with different luck wait differently', () => {
  expect(backOff(4, 0.1)).not.toBe(backOff(4, 0.9))
})
