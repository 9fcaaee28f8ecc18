import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeHtml, isMailAddress, toLine, toLines } from './plain.ts'

test('whatever comes in, a line stays one line without control and direction marks', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(toLine(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
      expect(toLine(text).length).toBeLessThanOrEqual(120)
    }),
  )
})

test('whatever comes in, escaped text opens no tag and closes no attribute', () => {
  fc.assert(fc.property(fc.string(), (text) => !/[<>"']/.test(escapeHtml(text))))
})

test('a cut line says that it was cut', () => {
  expect(toLine('x'.repeat(200), 10)).toBe(`${'x'.repeat(9)}…`)
})

test('lines keep their breaks and lose the empty ones', () => {
  expect(toLines('one\r\n\r\n two \rthree\u2028four\n')).toEqual(['one', 'two', 'three', 'four'])
})

test.each([
  ['ada@example.com', true],
  ['ada.b+c@mail.example.com', true],
  ['ada@example.com, eve@example.com', false],
  ['Ada <ada@example.com>', false],
  ['ada@example.com\r\nBcc: eve@example.com', false],
  ['"a b"@example.com', false],
  ['ada', false],
  [`${'a'.repeat(250)}@example.com`, false],
])('%j is one address: %s', (text, expected) => {
  expect(isMailAddress(text)).toBe(expected)
})
