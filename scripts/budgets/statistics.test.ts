import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quantile, sum } from './statistics.ts'

test.each([
  [[], 0.5, 0],
  [[7], 0.9, 7],
  [[3, 1, 2], 0.5, 2],
  [[1, 2, 3, 4], 0.5, 2],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9, 9],
])('of %j the quantile %d is %d', (values, share, expected) => {
  expect(quantile(values, share)).toBe(expected)
})

test('at least the named share of the values is not above the quantile', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer(), { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, share) => {
        const bound = quantile(values, share)
        return values.filter((value) => value <= bound).length >= share * values.length
      },
    ),
  )
})

test('the sum of nothing is zero', () => {
  expect(sum([])).toBe(0)
  expect(sum([1, 2, 3])).toBe(6)
})
