import { expect, test } from 'vitest'
import { percentile, percentileOfCounts, spreadOf } from './statistics.ts'

test('percentiles are values that were measured', () => {
  const values = Array.from({ length: 100 }, (_, index) => index + 1)
  expect(percentile(values, 0.5)).toBe(50)
  expect(percentile(values, 0.99)).toBe(99)
  expect(percentile(values, 1)).toBe(100)
  expect(percentile([7], 0.99)).toBe(7)
})

test('a spread sorts by size, not by text', () => {
  expect(spreadOf([10, 9, 100])).toEqual({ min: 9, median: 10, max: 100 })
})

test('values that were only counted have the same percentiles', () => {
  const counts = [0, 50, 0, 49, 1]
  expect([0.5, 0.51, 0.99, 1].map((share) => percentileOfCounts(counts, share))).toEqual([1, 3, 3, 4])
  expect(percentileOfCounts([], 0.5)).toBeNaN()
})
