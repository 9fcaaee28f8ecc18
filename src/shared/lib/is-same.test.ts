import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSame } from './is-same.ts'

test('a copy is the same, whatever plain data it holds', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(isSame(value, structuredClone(value))).toBe(true)
    }),
  )
})

test('agrees with the JSON text for values with sorted keys', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.array(fc.integer()), (left, right) => {
      expect(isSame(left, right)).toBe(JSON.stringify(left) === JSON.stringify(right))
    }),
  )
})

test('tells arrays from objects, null from missing, and ignores members that are undefined', () => {
  expect(isSame([], {})).toBe(false)
  expect(isSame(null, undefined)).toBe(false)
  expect(isSame({ a: 1, b: undefined }, { a: 1 })).toBe(true)
  expect(isSame({ a: 1 }, { a: 1, b: 2 })).toBe(false)
})
