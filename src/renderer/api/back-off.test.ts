import { expect, test } from 'vitest'
import { backOff } from './back-off.ts'

test('the first attempt follows within half a second', () => {
  expect([0, 0.5, 1].map((random) => backOff(0, random))).toEqual([0, 250, 500])
})

test('pauses grow up to a quarter of a minute', () => {
  expect([1, 4, 5, 5000].map((attempt) => backOff(attempt, 1))).toEqual([1000, 8000, 15_000, 15_000])
})

test('consoles that lost the backend together come back spread over the whole pause', () => {
  expect([0, 0.25, 0.5, 0.75, 1].map((random) => backOff(4, random))).toEqual([0, 2000, 4000, 6000, 8000])
})
