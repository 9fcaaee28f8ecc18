import { describe, expect, test } from 'vitest'
import { factNames } from '../../shared/domain/departure.ts'
import { factLabel, factText, NOTHING, timeText } from './fact-text.ts'

const context = { zone: 'America/New_York', mode: 'local' } as const
const at = Date.parse('2026-11-20T19:05:00Z')

describe('facts in words', () => {
  test('every fact has a label of its own', () => {
    expect(new Set(factNames.map(factLabel)).size).toBe(factNames.length)
  })

  test('times carry the zone they are shown in', () => {
    expect(factText('estimatedAt', at, context)).toBe('14:05 EST')
    expect(factText('estimatedAt', at, { ...context, mode: 'utc' })).toBe('19:05 UTC')
    expect(timeText(at, context)).toBe('14:05 EST')
  })

  test('an absent fact is named as such', () => {
    expect(factText('gate', undefined, context)).toBe(NOTHING)
    expect(factText('gate', null, context)).toBe(NOTHING)
    expect(factText('delays', [], context)).toBe(NOTHING)
  })

  test('reasons show code, sub-code and minutes', () => {
    const delays = [
      { scheme: 'AHM730', code: '93', minutes: 30 },
      { scheme: 'AHM730', code: '41', sub: 'B', minutes: 15 },
    ]
    expect(factText('delays', delays, context)).toBe('93 (30 min), 41B (15 min)')
  })

  test('a cancellation says when and why', () => {
    expect(factText('cancelled', { at, reason: 'WEAT' }, context)).toBe('cancelled 14:05 EST: Weather')
    expect(factText('cancelled', { at, reason: 'XXXX' }, context)).toBe('cancelled 14:05 EST: XXXX')
    expect(factText('cancelled', { at }, context)).toBe('cancelled 14:05 EST')
    expect(factText('cancelled', true, context)).toBe('cancelled')
  })

  test('a diversion names its airport where it is known', () => {
    expect(factText('diverted', { at, airport: 'BWI' }, context)).toBe('BWI')
    expect(factText('diverted', { at }, context)).toBe('airport not known')
  })

  test('an aircraft is registration and type, as far as known', () => {
    expect(factText('aircraft', { registration: 'N580JB', type: 'A320' }, context)).toBe('N580JB A320')
    expect(factText('aircraft', { registration: 'N580JB' }, context)).toBe('N580JB')
  })

  test('a conflict tells what the other source reports', () => {
    const conflicts = [{ kind: 'OFF_BLOCK_WHILE_CANCELLED', value: at, source: 'feed', at }]
    expect(factText('conflicts', conflicts, context)).toBe('feed reports off block 14:05 EST while cancelled')
    expect(factText('conflicts', [{}], context)).toBe('another source reports off block while cancelled')
  })

  test('plain text stays as it is', () => {
    expect(factText('gate', 'B12', context)).toBe('B12')
    expect(factText('delays', [null], context)).toBe('? (undefined min)')
  })
})
