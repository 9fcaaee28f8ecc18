import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { advance, type BoardPosition, covers, formatPosition, isWithin, parsePosition } from './position.ts'

const positions: fc.Arbitrary<BoardPosition> = fc.record({
  epoch: fc.stringMatching(/^[\w-]{1,36}$/),
  offsets: fc.array(fc.nat({ max: 1e12 }), { minLength: 1, maxLength: 12 }),
  from: fc.nat({ max: 4e12 }),
  until: fc.nat({ max: 4e12 }),
})

describe('position', () => {
  test('reads back what was written', () => {
    fc.assert(
      fc.property(positions, (position) => {
        expect(parsePosition(formatPosition(position))).toEqual(position)
      }),
    )
  })

  test.each([
    ...['', 'x', ':1:1-2', 'e::1-2', 'e:-1:1-2', 'e:1..2:1-2', 'e:1.:1-2', `${'e'.repeat(81)}:1:1-2`, 'e e:1:1-2'],
    ...['e:99999999999999999:1-2', 'e:1', 'e:1:1', 'e:1:1-', 'e:1:-1-2', 'e:1:1-2-3', 'e:1:A-B', 'e:1:1-99999999999'],
  ])('%j is none', (text) => expect(parsePosition(text)).toBeUndefined())

  test('covers itself, and what lies before it in every partition', () => {
    const at = { epoch: 'e', offsets: [5, 7] }
    expect(covers(at, at)).toBe(true)
    expect(covers(at, { epoch: 'e', offsets: [5, 6] })).toBe(true)
    expect(covers(at, { epoch: 'e', offsets: [6, 0] })).toBe(false)
    expect(covers(at, { epoch: 'f', offsets: [0, 0] })).toBe(false)
    expect(covers(at, { epoch: 'e', offsets: [0] })).toBe(false)
  })
})

test('a view begins with its first moment and ends before its last', () => {
  const view = { from: 10, until: 20 }
  expect([9, 10, 19, 20].map((scheduledAt) => isWithin({ scheduledAt }, view))).toEqual([false, true, true, false])
})

describe('advance', () => {
  test('points behind the record', () => {
    expect(advance({ epoch: 'e', offsets: [5, 7] }, { partition: 1, offset: 9 })).toEqual({
      epoch: 'e',
      offsets: [5, 10],
    })
  })

  test('keeps the view', () => {
    const at = { epoch: 'e', offsets: [5], from: 1, until: 2 }
    expect(advance(at, { partition: 0, offset: 5 })).toEqual({ ...at, offsets: [6] })
  })

  test('a record that comes again moves nothing back', () => {
    const at = { epoch: 'e', offsets: [5, 7] }
    expect(advance(at, { partition: 0, offset: 2 })).toEqual(at)
  })

  test('a partition that the topic was given meanwhile is added, and older positions are not comparable any more', () => {
    const before = { epoch: 'e', offsets: [5] }
    const after = advance(before, { partition: 2, offset: 0 })
    expect(after).toEqual({ epoch: 'e', offsets: [5, 0, 1] })
    expect(covers(after, before)).toBe(false)
  })
})
