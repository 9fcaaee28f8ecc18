import { expect, test } from 'vitest'
import { formatAge, formatLongAge } from './age.ts'

test.each([
  [-4000, '0 s'],
  [0, '0 s'],
  [12_400, '12 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [3_599_000, '59 min'],
  [3_600_000, '1 h'],
  [172_799_000, '47 h'],
  [172_800_000, '2 d'],
])('%i ms reads %s', (age, text) => {
  expect(formatAge(age)).toBe(text)
})

test.each([
  [59_999, '59 s'],
  [3_599_000, '59 min'],
  [3_600_000, '1 h'],
  [7_500_000, '2 h 5 min'],
  [86_399_000, '23 h 59 min'],
  [86_400_000, '1 d'],
  [273_600_000, '3 d 4 h'],
])('%i ms at length reads %s', (age, text) => {
  expect(formatLongAge(age)).toBe(text)
})
