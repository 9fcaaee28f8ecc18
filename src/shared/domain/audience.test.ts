import { describe, expect, test } from 'vitest'
import { departure } from '../../testing/fixtures/departure.ts'
import { matchesFilter, resolveAudience } from './audience.ts'
import { DAY, HOUR, MINUTE } from './instant.ts'

const late = departure({ estimatedAt: departure().scheduledAt + 40 * MINUTE })
const onTime = departure({ id: 'B6740-2026-11-20-JFK', destination: 'PSE' })
const foreign = departure({ id: 'DL1-2026-11-20-LGA' })
const departures = new Map([late, onTime, foreign].map((entry) => [entry.id, entry]))
const now = late.scheduledAt - HOUR
const known = { departures, now }
const code = (name: string) => expect.objectContaining({ code: name })

describe('audience', () => {
  test('chosen flights are taken once each', () => {
    expect(resolveAudience({ flightIds: [late.id, late.id] }, known)).toEqual([late])
  })

  test('an unknown flight is named and nothing is sent', () => {
    expect(() => resolveAudience({ flightIds: [late.id, 'XX1-2026-11-20-JFK'] }, known)).toThrow(
      expect.objectContaining({ code: 'FL_DEPARTURE_UNKNOWN', details: { id: 'XX1-2026-11-20-JFK' } }),
    )
  })

  test.each([
    [{}, [late, onTime, foreign]],
    [{ origin: 'JFK' }, [late, onTime]],
    [{ destination: 'PSE' }, [onTime]],
    [{ carrier: 'DL' }, [foreign]],
    [{ date: '2026-11-20' }, [late, onTime, foreign]],
    [{ status: 'DELAYED' as const }, [late]],
    [{ delayedAtLeast: 40 }, [late]],
    [{ delayedAtLeast: 40, origin: 'JFK' }, [late]],
  ])('filter %j', (filter, expected) => {
    expect(resolveAudience({ filter }, known)).toEqual(expected)
  })

  test('an audience of nobody is refused rather than sent', () => {
    expect(() => resolveAudience({ filter: { origin: 'EWR' } }, known)).toThrow(code('FL_BROADCAST_EMPTY'))
    expect(matchesFilter(late, { origin: 'EWR' }, now)).toBe(false)
  })

  test('a filter without a date means the flights of now: not those of yesterday, nor those of the day after', () => {
    const matches = (moment: number) => matchesFilter(onTime, { origin: 'JFK' }, moment)
    expect(matches(onTime.scheduledAt + 11 * HOUR)).toBe(true)
    expect(matches(onTime.scheduledAt + 13 * HOUR)).toBe(false)
    expect(matches(onTime.scheduledAt - 23 * HOUR)).toBe(true)
    expect(matches(onTime.scheduledAt - 25 * HOUR)).toBe(false)
    expect(matchesFilter(onTime, { date: onTime.originDate }, onTime.scheduledAt + 2 * DAY)).toBe(true)
  })

  test('a flight that still waits is of now however long ago it was scheduled', () => {
    const waiting = departure({ estimatedAt: onTime.scheduledAt + 20 * HOUR })
    expect(matchesFilter(waiting, {}, onTime.scheduledAt + 19 * HOUR)).toBe(true)
  })

  test('the delay of a flight that has left is the one it left with', () => {
    const left = departure({ offBlockAt: onTime.scheduledAt + 50 * MINUTE })
    expect(matchesFilter(left, { delayedAtLeast: 50 }, now)).toBe(true)
    expect(matchesFilter(left, { delayedAtLeast: 51 }, now)).toBe(false)
  })
})
