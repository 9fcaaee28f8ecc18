import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backOff } from './back-off.ts'

test.each([
  [0, 0, 500],
  [0, 1, 1000],
  [1, 1, 2000],
  [3, 0.5, 6000],
  [5, 1, 30_000],
  [60, 1, 30_000],
])('after %i failures, with chance %d, it waits %i ms', (failures, random, pause) => {
  expect(backOff(failures, random)).toBe(pause)
})

test('it never waits less than half of the pause nor more than all of it', () => {
  fc.assert(
    fc.property(fc.nat(100), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
      const whole = backOff(failures, 1)
      expect(backOff(failures, random)).toBeGreaterThanOrEqual(whole / 2)
      expect(backOff(failures, random)).toBeLessThanOrEqual(whole)
    }),
  )
})
