import { describe, expect, test } from 'vitest'
import { delayCodes, findDelayCode } from './delay-codes.ts'
import { publicReasons } from './public-reason.ts'

const unassigned = ['10', '20', '30', '40', '49', '50', '53', '54', '59', '60', '70', '74', '78', '79', '80', '90']

describe('the list of delay codes', () => {
  test('has every code from 00 to 99 except the unassigned ones', () => {
    const all = Array.from({ length: 100 }, (_, code) => String(code).padStart(2, '0'))
    expect(delayCodes.map(({ code }) => code)).toEqual(all.filter((code) => !unassigned.includes(code)))
  })

  test('names each code and each pair of letters once', () => {
    const letters = delayCodes.map(({ alpha }) => alpha).filter(Boolean)
    expect(new Set(letters).size).toBe(letters.length)
    expect(letters.every((alpha) => /^[A-Z]{2}$/.test(alpha))).toBe(true)
  })

  test('tells passengers a reason of the public list for each', () => {
    for (const { publicReason, label } of delayCodes) {
      expect(publicReasons).toContain(publicReason)
      expect(label.length).toBeGreaterThan(3)
    }
  })

  test('is found by digits and by letters', () => {
    expect(findDelayCode('93')).toBe(findDelayCode('ra'))
    expect(findDelayCode('93')?.publicReason).toBe('LATE_AIRCRAFT')
    expect(findDelayCode('')).toBeUndefined()
    expect(findDelayCode('constructor')).toBeUndefined()
  })
})
