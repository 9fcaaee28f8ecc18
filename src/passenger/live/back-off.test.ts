import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backOff, pauseAfterClose } from './back-off.ts'

test.each([
  [0, 0, 0],
  [0, 1, 1000],
  [1, 1, 2000],
  [3, 0.5, 4000],
  [5, 1, 15_000],
  [60, 1, 15_000],
])('after %i failures, with chance %d, it waits %i ms', (failures, random, pause) => {
  expect(backOff(failures, random)).toBe(pause)
})

test('it waits anything from nothing to the whole pause, in proportion to chance', () => {
  fc.assert(
    fc.property(fc.nat(100), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
      const whole = backOff(failures, 1)
      expect(Math.abs(backOff(failures, random) - whole * random)).toBeLessThanOrEqual(0.5)
    }),
  )
})

test.each([1001, 1012, 1013])('a server that closes with %i gets its pages back over eight seconds', (code) => {
  expect([0, 0.5, 1].map((random) => pauseAfterClose(code, random))).toEqual([0, 4000, 8000])
})

test.each([undefined, 1006, 1008])('a connection that ends with %s alone is opened again within a second', (code) => {
  expect([0, 0.5, 1].map((random) => pauseAfterClose(code, random))).toEqual([0, 500, 1000])
})
