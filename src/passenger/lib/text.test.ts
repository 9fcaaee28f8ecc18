import { describe, expect, test } from 'vitest'
import { NOON } from '../../testing/fixtures/departure.ts'
import { speak } from '../../testing/passenger/words.ts'

describe('a text', () => {
  const text = speak()

  test('fills the gaps of a sentence', () => {
    expect(text.say('status.DIVERTED_TO', { place: 'Boston' })).toBe('Diverted to Boston')
  })

  test('a gap without a value stays visible, and a value is not read as a gap', () => {
    expect(text.say('status.DIVERTED_TO')).toBe('Diverted to {place}')
    expect(text.say('status.DIVERTED_TO', { place: '{place} $& $1' })).toBe('Diverted to {place} $& $1')
  })

  test('finds a sentence by a key that was put together, and none for an unknown one', () => {
    expect(text.find('status.ARRIVED')).toBe('Arrived')
    expect(text.find('status.NONE')).toBeUndefined()
    expect(text.find('toString')).toBeUndefined()
  })

  test.each([
    [0, '0 s'],
    [-5000, '0 s'],
    [59_000, '59 s'],
    [60_000, '1 min'],
    [59.4 * 60_000, '59 min'],
    [60 * 60_000, '1 h'],
    [405 * 60_000, '6 h 45 min'],
  ])('a span of %i ms is %s', (milliseconds, words) => {
    expect(text.span(milliseconds)).toBe(words)
  })

  test.each([
    [NOON, ''],
    [NOON + 24 * 3_600_000, 'next day'],
    [NOON + 72 * 3_600_000, '3 days later'],
    [NOON - 24 * 3_600_000, 'day before'],
  ])('%i is marked %j beside a flight of the 20th', (at, mark) => {
    expect(text.dayMark(at, 'America/New_York', '2026-11-20')).toBe(mark)
  })
})

describe('times and dates', () => {
  test.each([
    ['en-US', '7:05 AM'],
    ['en-GB', '07:05'],
    ['de-DE', '07:05'],
    ['fr-FR', '07:05'],
    ['es-ES', '7:05'],
  ])('in %s five past seven is %s', (locale, clock) => {
    // Some versions of the language data put a narrow space where others put a common one.
    expect(
      speak(locale)
        .clock(NOON + 300_000, 'America/New_York')
        .replace(/\s/g, ' '),
    ).toBe(clock)
  })

  test('speak the language of the sentences', () => {
    expect(speak('de-AT').date(NOON, 'America/New_York')).toBe('Freitag, 20. November')
    expect(speak('de-AT').language).toBe('de')
  })

  test('a moment before midnight in New York is not yet the next date there', () => {
    expect(speak('en-GB').shortDate(Date.UTC(2026, 10, 21, 4), 'America/New_York')).toContain('20')
  })
})
