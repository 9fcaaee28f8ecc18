import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { daysBetween, formatClock, formatDate, instantAt, zoneLabel, zoneOf } from './zoned-time.ts'

const newYork = 'America/New_York'
const berlin = 'Europe/Berlin'

describe('zoned times', () => {
  test('one instant reads differently per zone', () => {
    const instant = Date.parse('2026-11-21T02:05:00Z')
    expect(formatClock(instant, 'UTC')).toBe('02:05')
    expect(formatClock(instant, newYork)).toBe('21:05')
    expect(formatDate(instant, newYork)).toBe('2026-11-20')
  })

  test('midnight is 00:00, not 24:00', () => {
    expect(formatClock(Date.parse('2026-11-21T00:00:00Z'), 'UTC')).toBe('00:00')
  })

  test('zones carry the name that is in force', () => {
    expect(zoneLabel(Date.parse('2026-11-21T12:00:00Z'), newYork)).toBe('EST')
    expect(zoneLabel(Date.parse('2026-07-21T12:00:00Z'), newYork)).toBe('EDT')
    expect(zoneLabel(Date.parse('2026-11-21T12:00:00Z'), berlin)).toBe('CET')
    expect(zoneLabel(Date.parse('2026-11-21T12:00:00Z'), 'UTC')).toBe('UTC')
  })

  test('day marks count calendar days in the zone', () => {
    const late = Date.parse('2026-11-21T04:30:00Z')
    const early = Date.parse('2026-11-21T05:30:00Z')
    expect(daysBetween(late, early, newYork)).toBe(1)
    expect(daysBetween(late, early, 'UTC')).toBe(0)
    expect(daysBetween(early, late, newYork)).toBe(-1)
  })

  test('the mode chooses the zone', () => {
    expect(zoneOf('utc', newYork)).toBe('UTC')
    expect(zoneOf('local', newYork)).toBe(newYork)
  })
})

describe('instantAt', () => {
  test('reads back what the clock shows, in every zone and at every time that exists once', () => {
    const zones = fc.constantFrom(newYork, berlin, 'UTC', 'Asia/Kolkata', 'Pacific/Chatham')
    const instants = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-12-31') })
    fc.assert(
      fc.property(zones, instants, (zone, instant) => {
        const [hours = 0, minutes = 0] = formatClock(instant, zone).split(':').map(Number)
        const found = instantAt(formatDate(instant, zone), hours * 60 + minutes, zone)
        expect(formatClock(found, zone)).toBe(formatClock(instant, zone))
        expect(formatDate(found, zone)).toBe(formatDate(instant, zone))
      }),
    )
  })

  test('a time that the clock change skips lands an hour later', () => {
    const found = instantAt('2026-03-08', 2 * 60 + 30, newYork)
    expect(new Date(found).toISOString()).toBe('2026-03-08T07:30:00.000Z')
  })

  test('of a time that comes twice the first is meant', () => {
    const found = instantAt('2026-11-01', 1 * 60 + 30, newYork)
    expect(new Date(found).toISOString()).toBe('2026-11-01T05:30:00.000Z')
  })
})
