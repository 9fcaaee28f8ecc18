import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flight } from '../../testing/passenger/flights.ts'
import { type Flights, mergeFlights } from './merge-flights.ts'

const known = (...flights: readonly ReturnType<typeof flight>[]): Flights =>
  new Map(flights.map((one) => [one.id, one]))

describe('mergeFlights', () => {
  test('takes a flight that is not known, without a previous state', () => {
    const first = flight({ revision: 1 })

    expect(mergeFlights(new Map(), [first])).toEqual({ flights: known(first), updates: [{ next: first }] })
  })

  test('takes a newer revision and names the one before', () => {
    const [old, next] = [flight({ revision: 3, gate: 'B3' }), flight({ revision: 4, gate: 'B12' })]

    expect(mergeFlights(known(old), [next]).updates).toEqual([{ previous: old, next }])
  })

  test.each([3, 4])('keeps revision 4 when revision %i comes after it', (revision) => {
    const present = known(flight({ revision: 4, gate: 'B12' }))

    const { flights, updates } = mergeFlights(present, [flight({ revision, gate: 'B3' })])

    expect(flights).toBe(present)
    expect(updates).toEqual([])
  })

  test('a newer state does not change the map that was shown before', () => {
    const present = known(flight({ revision: 1 }))

    mergeFlights(present, [flight({ revision: 2 })])

    expect([...present.values()].map(({ revision }) => revision)).toEqual([1])
  })

  test('in whichever order and number revisions come, the greatest one is shown and never a step back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (revisions) => {
        let flights: Flights = new Map()
        let shown = 0
        for (const revision of revisions) {
          flights = mergeFlights(flights, [flight({ revision })]).flights
          const now = flights.values().next().value?.revision ?? 0
          expect(now).toBeGreaterThanOrEqual(shown)
          shown = now
        }
        expect(shown).toBe(Math.max(...revisions))
      }),
    )
  })
})
