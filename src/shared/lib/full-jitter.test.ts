import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fullJitter } from './full-jitter.ts'

const pauses = { first: 500, longest: 15_000 }

test('the longest pause doubles with each failure up to a quarter of a minute', () => {
  const longest = [0, 1, 2, 3, 4, 5, 6, 5000].map((failures) => fullJitter(pauses, failures, 1))
  expect(longest).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000])
})

test('it is anything from nothing to the longest pause, in proportion to chance', () => {
  fc.assert(
    fc.property(fc.nat(100), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
      const whole = fullJitter(pauses, failures, 1)
      expect(Math.abs(fullJitter(pauses, failures, random) - whole * random)).toBeLessThanOrEqual(0.5)
    }),
  )
})
