import { expect, test } from 'vitest'
import { percentile, spreadOf } from './statistics.ts'

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
