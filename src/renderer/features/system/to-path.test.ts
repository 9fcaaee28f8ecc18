import { expect, test } from 'vitest'
import { toPath } from './to-path.ts'

test('a line ends at the right edge, and its highest point is at the top', () => {
  const points = [
    { at: 150_000, value: 0 },
    { at: 300_000, value: 8 },
  ]
  expect(toPath(points)).toBe('M50.00 23.00L100.00 2.00')
})

test('nothing but zeros lies at the bottom, and no points are no line', () => {
  expect(toPath([{ at: 5, value: 0 }])).toBe('M100.00 23.00')
  expect(toPath([])).toBe('')
})
