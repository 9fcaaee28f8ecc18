import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planAnnouncements } from './estimates.ts'
import { chance, pick, pickOne } from './hash.ts'

const delays = fc.integer({ min: -30, max: 1_200 })

describe('planAnnouncements', () => {
  test('estimates and their moments only rise, and all are known before departure', () => {
    fc.assert(
      fc.property(fc.string(), delays, (key, delay) => {
        const announced = planAnnouncements(key, delay)
        for (const [index, { at, delay: estimate }] of announced.entries()) {
          expect(at).toBeLessThan(delay)
          expect(estimate).toBeLessThanOrEqual(delay)
          expect(at).toBeGreaterThan(announced[index - 1]?.at ?? Number.NEGATIVE_INFINITY)
          expect(estimate).toBeGreaterThan(announced[index - 1]?.delay ?? 0)
          expect(at, 'told while the flight was still expected').toBeLessThan((announced[index - 1]?.delay ?? 0) + 8)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('small delays are not announced, longer ones in more steps', () => {
    expect(planAnnouncements('a', 4)).toEqual([])
    expect(planAnnouncements('a', 15)).toHaveLength(1)
    expect(planAnnouncements('a', 150).length).toBeGreaterThanOrEqual(3)
  })

  test('the last estimate is the actual delay to three minutes', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 30, max: 600 }), (key, delay) => {
        const last = planAnnouncements(key, delay).at(-1)

        expect(delay - (last?.delay ?? 0)).toBeLessThanOrEqual(3)
      }),
    )
  })

  test('the first announcement of a long delay is its largest step', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 120, max: 600 }), (key, delay) => {
        const [first = { delay: 0 }, ...further] = planAnnouncements(key, delay)
        const steps = further.map((next, index) => next.delay - (further[index - 1] ?? first).delay)

        expect(Math.max(...steps)).toBeLessThanOrEqual(first.delay + 5)
      }),
    )
  })
})

describe('made-up values', () => {
  test('follow from their key alone and spread over the whole range', () => {
    const values = Array.from({ length: 4_000 }, (_, index) => chance(`flight ${index}`))

    expect(chance('flight 7')).toBe(values[7])
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...values)).toBeLessThan(1)
    const tenths = Map.groupBy(values, (value) => Math.floor(value * 10))
    for (const members of tenths.values()) expect(Math.abs(members.length - 400)).toBeLessThan(100)
  })

  test('both ends of a range occur', () => {
    const values = new Set(Array.from({ length: 200 }, (_, index) => pick(`key ${index}`, [-1, 2])))

    expect([...values].sort()).toEqual([-1, 0, 1, 2])
  })

  test('nothing can be picked from nothing', () => {
    expect(['a', 'b']).toContain(pickOne('key', ['a', 'b']))
    expect(() => pickOne('key', [])).toThrow(RangeError)
  })
})
