import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HOUR, MINUTE } from '../domain/instant.ts'
import { addDays, isZone, localDate, localInstant, localMinutes, zoneOffset } from './zone-time.ts'

const NEW_YORK = 'America/New_York'

describe('local time', () => {
  test('the offset follows summer time', () => {
    expect(zoneOffset(NEW_YORK, Date.UTC(2026, 0, 1))).toBe(-5 * HOUR)
    expect(zoneOffset(NEW_YORK, Date.UTC(2026, 6, 1))).toBe(-4 * HOUR)
  })

  test('a time that the clock change leaves out moves forward by the gap', () => {
    const at = localInstant(NEW_YORK, '2026-03-08', 2 * 60 + 30)

    expect(new Date(at).toISOString()).toBe('2026-03-08T07:30:00.000Z')
    expect(localMinutes(NEW_YORK, at)).toBe(3 * 60 + 30)
  })

  test('of a time that occurs twice the first is meant', () => {
    expect(new Date(localInstant(NEW_YORK, '2026-11-01', 90)).toISOString()).toBe('2026-11-01T05:30:00.000Z')
  })

  test('midnight at the end of a day is the beginning of the next', () => {
    expect(localInstant(NEW_YORK, '2026-11-20', 1440)).toBe(localInstant(NEW_YORK, '2026-11-21', 0))
  })

  test.each([
    ['America/St_Johns', '2026-02-01T03:30:00.000Z'],
    ['Asia/Kathmandu', '2026-01-31T18:15:00.000Z'],
    ['UTC', '2026-02-01T00:00:00.000Z'],
    ['Etc/GMT+5', '2026-02-01T05:00:00.000Z'],
  ])('midnight in %s is right to the minute', (zone, expected) => {
    expect(new Date(localInstant(zone, '2026-02-01', 0)).toISOString()).toBe(expected)
  })

  test('the local date turns at local midnight', () => {
    const midnight = Date.UTC(2026, 10, 21, 5)

    expect(localDate(NEW_YORK, midnight - MINUTE)).toBe('2026-11-20')
    expect(localDate(NEW_YORK, midnight)).toBe('2026-11-21')
  })

  test('days are added over the end of a month and of a year', () => {
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
  })

  test('a zone is one that the machine knows', () => {
    expect(isZone('Pacific/Honolulu')).toBe(true)
    expect(isZone('Mars/Olympus')).toBe(false)
  })

  test('what is read back from an instant is what was asked for, on every day without a gap there', () => {
    const zones = fc.constantFrom(
      NEW_YORK,
      'Pacific/Honolulu',
      'Europe/Berlin',
      'Australia/Lord_Howe',
      'Pacific/Chatham',
      'Asia/Kolkata',
    )
    const days = fc.integer({ min: 0, max: 3_650 })
    fc.assert(
      fc.property(zones, days, fc.integer({ min: 3 * 60 + 30, max: 1439 }), (zone, day, minutes) => {
        const date = addDays('2020-01-01', day)
        const at = localInstant(zone, date, minutes)

        expect([localDate(zone, at), localMinutes(zone, at)]).toEqual([date, minutes])
      }),
    )
  })
})
