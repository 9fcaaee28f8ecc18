import { describe, expect, test } from 'vitest'
import { parseTimeEntry, readTimeEntry } from './time-entry.ts'

const context = {
  scheduledAt: Date.parse('2026-11-20T19:05:00Z'), // 14:05 EST
  zone: 'America/New_York',
  mode: 'local',
} as const

function read(text: string, mode: 'local' | 'utc' = 'local') {
  const instant = readTimeEntry(text, { ...context, mode })
  return instant === undefined ? undefined : new Date(instant).toISOString()
}

describe('parseTimeEntry', () => {
  test.each([
    ['45', 45],
    ['+45', 45],
    ['-5', -5],
    ['+1440', 1440],
    [' 7 ', 7],
  ])('%j is minutes after schedule', (text, minutes) => {
    expect(parseTimeEntry(text)).toEqual({ kind: 'minutes', minutes })
  })

  test.each(['1405', '14:05'])('%j is a time of day', (text) => {
    expect(parseTimeEntry(text)).toEqual({ kind: 'clock', minuteOfDay: 845 })
  })

  test('a suffix says which clock is meant', () => {
    expect(parseTimeEntry('1905z')).toMatchObject({ mode: 'utc' })
    expect(parseTimeEntry('14:05L')).toMatchObject({ mode: 'local' })
  })

  test.each(['', 'abc', '2460', '14:61', '12345', '4 5', '1e2', '+', '--5'])('%j is refused', (text) => {
    expect(parseTimeEntry(text)).toBeUndefined()
  })
})

describe('readTimeEntry', () => {
  test('minutes count from the schedule', () => {
    expect(read('+45')).toBe('2026-11-20T19:50:00.000Z')
  })

  test('a time of day is read on the clock that is shown', () => {
    expect(read('1450')).toBe('2026-11-20T19:50:00.000Z')
    expect(read('1950', 'utc')).toBe('2026-11-20T19:50:00.000Z')
  })

  test('a suffix beats the clock that is shown', () => {
    expect(read('1950Z')).toBe('2026-11-20T19:50:00.000Z')
    expect(read('1450L', 'utc')).toBe('2026-11-20T19:50:00.000Z')
  })

  test('a time after midnight is the next day', () => {
    expect(read('0030')).toBe('2026-11-21T05:30:00.000Z')
  })

  test('a time shortly before the schedule stays on its day', () => {
    expect(read('1350')).toBe('2026-11-20T18:50:00.000Z')
  })

  test('what cannot be read has no moment', () => {
    expect(read('soon')).toBeUndefined()
  })
})
