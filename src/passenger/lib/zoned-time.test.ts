import { describe, expect, test } from 'vitest'
import { dayOffset, formatZoned, zoneCity } from './zoned-time.ts'

const NOON = Date.UTC(2026, 10, 20, 12)

test.each([
  ['America/New_York', 'New York'],
  ['America/Argentina/Buenos_Aires', 'Buenos Aires'],
  ['UTC', 'UTC'],
])('%s is called after %s', (zone, city) => {
  expect(zoneCity(zone)).toBe(city)
})

describe('dayOffset', () => {
  test.each([
    [Date.UTC(2026, 10, 21, 4, 59), 'America/New_York', 0],
    [Date.UTC(2026, 10, 21, 5, 0), 'America/New_York', 1],
    [Date.UTC(2026, 10, 20, 4, 59), 'America/New_York', -1],
    [NOON, 'Pacific/Auckland', 1],
    [Date.UTC(2026, 10, 22, 12), 'America/New_York', 2],
  ])('of %i in %s from the 20th is %i', (at, zone, days) => {
    expect(dayOffset(at, zone, '2026-11-20')).toBe(days)
  })

  test('counts dates over a change of the clocks, not hours', () => {
    const afterTheLongNight = Date.UTC(2026, 10, 2, 4, 59)

    expect(dayOffset(afterTheLongNight, 'America/New_York', '2026-11-01')).toBe(0)
  })
})

test('formats by locale and zone, the hour that comes twice included', () => {
  const [first, second] = [Date.UTC(2026, 10, 1, 5, 30), Date.UTC(2026, 10, 1, 6, 30)]
  const options = { timeZone: 'America/New_York', timeStyle: 'short' } as const

  expect(formatZoned(first, 'en-GB', options)).toBe('01:30')
  expect(formatZoned(second, 'en-GB', options)).toBe('01:30')
})
