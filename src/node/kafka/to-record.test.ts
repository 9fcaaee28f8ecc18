import { describe, expect, test } from 'vitest'
import { inPieces, toRecord } from './to-record.ts'

describe('a record', () => {
  test('has text where the message has bytes, and nothing where it has none', () => {
    const place = { partition: 2, offset: 7 }
    expect(toRecord('broadcasts', { ...place, key: Buffer.from('k'), value: Buffer.from('Zürich') })).toEqual({
      topic: 'broadcasts',
      ...place,
      key: 'k',
      value: 'Zürich',
    })
    expect(toRecord('broadcasts', { ...place, key: null, value: null })).toMatchObject({
      key: undefined,
      value: undefined,
    })
    expect(toRecord('broadcasts', { ...place, key: null, value: Buffer.alloc(0) }).value).toBe('')
  })
})

describe('pieces', () => {
  test('hold everything once, in order, and no more than asked for', () => {
    const items = Array.from({ length: 11 }, (_, index) => index)
    expect(inPieces(items, 5)).toEqual([[0, 1, 2, 3, 4], [5, 6, 7, 8, 9], [10]])
    expect(inPieces(items, 100)).toEqual([items])
    expect(inPieces([], 5)).toEqual([])
  })
})
