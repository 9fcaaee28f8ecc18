import { describe, expect, test } from 'vitest'
import { statuses } from '../../shared/domain/status.ts'
import { flight, minute } from '../../testing/passenger/flights.ts'
import { speak } from '../../testing/passenger/words.ts'
import { countdownWords, statusWords } from './status-words.ts'

const text = speak()
const places = { BOS: { name: 'Boston Intl' } }
const at = (minutes: number) => Date.parse(minute(minutes))

describe('statusWords', () => {
  test.each(statuses)('%s has a headline that is not its code', (status) => {
    const { headline } = statusWords(flight({ status }), text, places)

    expect(headline).not.toBe('')
    expect(headline).not.toContain(status)
  })

  test('a delay says how much', () => {
    const late = flight({ status: 'DELAYED', delayMinutes: 45, estimatedAt: minute(165) })

    expect(statusWords(late, text, places)).toEqual({ headline: 'Delayed', detail: '45 min late' })
  })

  test('a delay without a firm time says so', () => {
    expect(statusWords(flight({ status: 'DELAYED' }), text, places).detail).toBe('New time not known yet')
  })

  test('a few minutes are not called on time', () => {
    expect(statusWords(flight({ delayMinutes: 8 }), text, places)).toEqual({ headline: '8 min late' })
    expect(statusWords(flight({ delayMinutes: -8 }), text, places)).toEqual({ headline: 'On time' })
  })

  test.each([
    ['BOARDING', 14, undefined],
    ['BOARDING', 15, '15 min late'],
    ['AIRBORNE', 90, '1 h 30 min late'],
    ['ARRIVED', 90, undefined],
    ['CANCELLED', 90, undefined],
  ] as const)('%s with a delay of %i min has the detail %s', (status, delayMinutes, detail) => {
    expect(statusWords(flight({ status, delayMinutes }), text, places).detail).toBe(detail)
  })

  test('a diversion names the airport where it is known', () => {
    const diverted = flight({ status: 'DIVERTED', diverted: { at: minute(0), airport: 'BOS' } })

    expect(statusWords(diverted, text, places).headline).toBe('Diverted to Boston')
    expect(statusWords({ ...diverted, diverted: { at: minute(0) } }, text, places).headline).toBe('Diverted')
  })
})

describe('countdownWords', () => {
  test.each([
    [95, 'Departs in 25 min'],
    [119, 'Departs in 1 min'],
    [119.4, 'Departs in 1 min'],
    [119.6, undefined],
    [130, undefined],
  ])('at minute %i of a departure at 120 it says %s', (now, words) => {
    expect(countdownWords(flight({ scheduledAt: minute(120) }), text, at(now))).toBe(words)
  })

  test('counts to the new time of a delayed flight, and to none without a firm time', () => {
    const late = flight({ scheduledAt: minute(120), estimatedAt: minute(200), status: 'DELAYED' })

    expect(countdownWords(late, text, at(100))).toBe('Departs in 1 h 40 min')
    expect(countdownWords(flight({ status: 'DELAYED', nextInformationAt: minute(150) }), text, at(100))).toBeUndefined()
  })

  test('counts to the arrival once it is under way', () => {
    const airborne = flight({ status: 'AIRBORNE', offBlockAt: minute(121), scheduledArrivalAt: minute(360) })

    expect(countdownWords(airborne, text, at(240))).toBe('Arrives in 2 h')
  })

  test('counts to nothing for a flight that is cancelled, diverted, landed or a day away', () => {
    const cancelled = flight({ status: 'CANCELLED', cancelled: { at: minute(0) } })
    const diverted = flight({ status: 'DIVERTED', diverted: { at: minute(0) }, offBlockAt: minute(1) })

    expect(countdownWords(cancelled, text, at(0))).toBeUndefined()
    expect(countdownWords(diverted, text, at(5))).toBeUndefined()
    expect(countdownWords(flight({ status: 'LANDED', landedAt: minute(300) }), text, at(301))).toBeUndefined()
    expect(countdownWords(flight({ scheduledAt: minute(120) }), text, at(120 - 25 * 60))).toBeUndefined()
  })
})
