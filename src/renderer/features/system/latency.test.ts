import { describe, expect, test } from 'vitest'
import type { Latency } from '../../../shared/api/system-schemas.ts'
import { pushFigures } from '../../../testing/fixtures/system-snapshot.ts'
import { quantile, quantileText, toBars } from './latency.ts'

/** Changes by bucket: 10 ms, 100 ms, 1 s, more. */
const latency = (...counts: readonly number[]): Latency => pushFigures({}, counts).delivery

describe('a quantile', () => {
  test('lies in its bucket as if those in it were spread evenly', () => {
    expect(quantile(latency(100), 0.5)).toBeCloseTo(0.005)
    expect(quantile(latency(50, 50), 0.75)).toBeCloseTo(0.055)
    expect(quantile(latency(98, 0, 2), 0.99)).toBeCloseTo(0.55)
  })

  test('of none is none', () => {
    expect(quantile(latency(), 0.5)).toBeUndefined()
    expect(quantileText(latency(), 0.5)).toBe('–')
  })

  test('above the last bound is said to be above it', () => {
    expect(quantileText(latency(1, 0, 0, 9), 0.99)).toBe('over 1 s')
    expect(quantileText(latency(1, 0, 0, 9), 0.05)).toBe('5 ms')
  })
})

test('bars say what they hold, and the highest is the measure', () => {
  expect(toBars(latency(5, 10, 0, 1))).toEqual([
    { label: 'to 10 ms', count: 5, height: 0.5 },
    { label: 'to 100 ms', count: 10, height: 1 },
    { label: 'to 1 s', count: 0, height: 0 },
    { label: 'over 1 s', count: 1, height: 0.1 },
  ])
})
