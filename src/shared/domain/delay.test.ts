import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkCodedDelay, delayMinutes, publicReason, sumOfReasons } from './delay.ts'
import type { DelayReason } from './delay-reason.ts'
import { MINUTE } from './instant.ts'

const std = Date.parse('2026-11-20T14:05:00Z')
const reason = (code: string, minutes: number): DelayReason => ({ scheme: 'AHM730', code, minutes })

describe('delayMinutes', () => {
  test('counts to the actual time where there is one, else to the estimate', () => {
    expect(delayMinutes({ scheduledAt: std })).toBe(0)
    expect(delayMinutes({ scheduledAt: std, estimatedAt: std + 40 * MINUTE })).toBe(40)
    expect(delayMinutes({ scheduledAt: std, estimatedAt: std + 40 * MINUTE, offBlockAt: std + 33 * MINUTE })).toBe(33)
  })

  test('is negative for an early departure and never minus zero', () => {
    expect(delayMinutes({ scheduledAt: std, offBlockAt: std - 4 * MINUTE })).toBe(-4)
    expect(Object.is(delayMinutes({ scheduledAt: std, offBlockAt: std - 1000 }), 0)).toBe(true)
  })
})

describe('checkCodedDelay', () => {
  test('accepts reasons whose minutes add up, whatever their split', () => {
    const shares = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(shares, (minutes) => {
        const reasons = minutes.map((share) => reason('93', share))
        expect(checkCodedDelay({ minutes: sumOfReasons(reasons), reasons })).toEqual(reasons)
      }),
    )
  })

  test('refuses reasons that miss the delay by any amount and says both figures', () => {
    fc.assert(
      fc.property(fc.integer({ min: 15, max: 600 }), fc.integer({ min: 1, max: 900 }), (minutes, share) => {
        fc.pre(minutes !== share)
        expect(() => checkCodedDelay({ minutes, reasons: [reason('71', share)] })).toThrow(
          expect.objectContaining({ code: 'FL_DELAY_SUM', details: { sum: share, delay: minutes } }),
        )
      }),
    )
  })

  test('asks for reasons from 15 minutes on, not below', () => {
    expect(checkCodedDelay({ minutes: 14, reasons: [] })).toEqual([])
    expect(() => checkCodedDelay({ minutes: 15, reasons: [] })).toThrow(
      expect.objectContaining({ code: 'FL_DELAY_SUM' }),
    )
  })

  test('turns letters into digits, in either case', () => {
    expect(checkCodedDelay({ minutes: 20, reasons: [reason('ra', 20)] })).toEqual([reason('93', 20)])
  })

  test('refuses codes that the list does not assign', () => {
    for (const code of ['10', '40', '90', 'ZZ']) {
      expect(() => checkCodedDelay({ minutes: 20, reasons: [reason(code, 20)] })).toThrow(
        expect.objectContaining({ code: 'FL_DELAY_REASON_UNKNOWN' }),
      )
    }
  })

  test('99 needs words', () => {
    const delay = { minutes: 20, reasons: [reason('99', 20)] }
    expect(() => checkCodedDelay({ ...delay, remark: '  ' })).toThrow(
      expect.objectContaining({ code: 'FL_DELAY_REASON_TEXT' }),
    )
    expect(checkCodedDelay({ ...delay, remark: 'bees at the door' })).toHaveLength(1)
  })

  test.each([-1, 1.5, Number.NaN, 2881])('refuses a delay of %s minutes', (minutes) => {
    expect(() => checkCodedDelay({ minutes, reasons: [] })).toThrow(
      expect.objectContaining({ code: 'FL_DELAY_INVALID' }),
    )
  })

  test('refuses a share of zero minutes', () => {
    expect(() => checkCodedDelay({ minutes: 20, reasons: [reason('93', 20), reason('71', 0)] })).toThrow(
      expect.objectContaining({ code: 'FL_DELAY_INVALID' }),
    )
  })
})

describe('publicReason', () => {
  test('is that of the largest share and never a code', () => {
    expect(publicReason({ delays: [reason('31', 5), reason('71', 30), reason('93', 10)] })).toBe('WEATHER')
    expect(publicReason({ delays: [reason('93', 10), reason('71', 10)] })).toBe('LATE_AIRCRAFT')
  })

  test('is absent where nobody coded the delay', () => {
    expect(publicReason({})).toBeUndefined()
  })
})
