import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalizeGate } from './gate.ts'

describe('normalizeGate', () => {
  test.each([
    ['b12', 'B12'],
    [' B 12 ', 'B12'],
    ['7', '7'],
  ])('%j becomes %s', (text, gate) => expect(normalizeGate(text)).toBe(gate))

  test.each(['', '   ', 'B-12', 'B12;drop', 'ABCDEFG', 'Ä1', '<b>'])('refuses %j', (text) => {
    expect(() => normalizeGate(text)).toThrow(expect.objectContaining({ code: 'FL_GATE_INVALID' }))
  })

  test('is settled after one pass, and never lets anything but letters and digits through', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), (text) => {
        const gate = attempt(() => normalizeGate(text))
        fc.pre(gate !== undefined)
        expect(gate).toMatch(/^[A-Z0-9]{1,6}$/)
        expect(normalizeGate(gate ?? '')).toBe(gate)
      }),
    )
  })
})

function attempt<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}
