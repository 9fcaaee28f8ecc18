import { describe, expect, test } from 'vitest'
import { findStart } from './topic-life.ts'

const life = { epoch: 'life-1', low: [10, 0, 5], high: [20, 0, 9] }

describe('the start of a reader', () => {
  test('is where it was, when that is still there', () => {
    expect(findStart(life, { epoch: 'life-1', offsets: [10, 0, 9] })).toEqual([10, 0, 9])
    expect(findStart(life, { epoch: 'life-1', offsets: [20, 0, 5] })).toEqual([20, 0, 5])
  })

  test('includes partitions that were added since, from their beginning', () => {
    expect(findStart(life, { epoch: 'life-1', offsets: [15] })).toEqual([15, 0, 5])
  })

  test.each([
    ['another life', { epoch: 'life-2', offsets: [15, 0, 7] }],
    ['an offset that is no longer kept', { epoch: 'life-1', offsets: [9, 0, 7] }],
    ['an offset that was never reached', { epoch: 'life-1', offsets: [15, 1, 7] }],
    ['more partitions than there are', { epoch: 'life-1', offsets: [15, 0, 7, 0] }],
  ])('is lost with %s', (_name, position) => {
    expect(findStart(life, position)).toBeUndefined()
  })
})
