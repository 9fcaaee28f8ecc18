import { describe, expect, test } from 'vitest'
import { daysBetween, formatClock, zoneOf } from './zoned-time.ts'

const newYork = 'America/New_York'

describe('zoned times', () => {
  test('one instant reads differently per zone', () => {
    const instant = Date.parse('2026-11-21T02:05:00Z')
    expect(formatClock(instant, 'UTC')).toBe('02:05')
    expect(formatClock(instant, newYork)).toBe('21:05')
  })

  test('midnight is 00:00, not 24:00', () => {
    expect(formatClock(Date.parse('2026-11-21T00:00:00Z'), 'UTC')).toBe('00:00')
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
