import { describe, expect, test } from 'vitest'
import { departure } from '../../testing/fixtures/departure.ts'
import { matchesFilter, resolveAudience } from './audience.ts'
import { MINUTE } from './instant.ts'

const late = departure({ estimatedAt: departure().scheduledAt + 40 * MINUTE })
const onTime = departure({ id: 'B6740-2026-11-20-JFK', destination: 'PSE' })
const foreign = departure({ id: 'DL1-2026-11-20-LGA' })
const known = new Map([late, onTime, foreign].map((entry) => [entry.id, entry]))
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
    expect(matchesFilter(late, { origin: 'EWR' })).toBe(false)
  })
})
