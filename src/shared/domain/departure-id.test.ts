import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DepartureKey, formatDepartureId, isDepartureId, parseDepartureId } from './departure-id.ts'

const keys: fc.Arbitrary<DepartureKey> = fc.record({
  carrier: fc.stringMatching(/^[A-Z0-9]{2}$/),
  number: fc.integer({ min: 1, max: 9999 }).map(String),
  suffix: fc.constantFrom('', 'A', 'Z'),
  originDate: fc
    .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  origin: fc.stringMatching(/^[A-Z]{3}$/),
  sequence: fc.integer({ min: 1, max: 99 }),
})

describe('departure id', () => {
  test('reads back every key that was written', () => {
    fc.assert(
      fc.property(keys, (key) => {
        expect(parseDepartureId(formatDepartureId(key))).toEqual(key)
      }),
    )
  })

  test('shows the sequence only from the second leg on', () => {
    const key = { carrier: 'B6', number: '739', suffix: '', originDate: '2026-11-20', origin: 'JFK' }
    expect(formatDepartureId({ ...key, sequence: 1 })).toBe('B6739-2026-11-20-JFK')
    expect(formatDepartureId({ ...key, sequence: 2 })).toBe('B6739-2026-11-20-JFK.2')
  })

  test.each([
    '',
    'B6739',
    'B6739-2026-11-20',
    'b6739-2026-11-20-JFK',
    'B60739-2026-11-20-JFK',
    'B612345-2026-11-20-JFK',
    'B6739-2026-13-40-JFK',
    'B6739-2026-11-20-JFK.1',
    '__proto__',
    'B6739-2026-11-20-JFK\n',
  ])('refuses %j', (id) => {
    expect(isDepartureId(id)).toBe(false)
    expect(() => parseDepartureId(id)).toThrow(expect.objectContaining({ code: 'FL_DEPARTURE_ID' }))
  })
})
