import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MINUTE } from '../../../src/shared/domain/instant.ts'
import { assignGates, type GateNeed } from './gates.ts'

const need = fc.record({
  station: fc.constantFrom('JFK', 'LGA'),
  carrier: fc.constantFrom('B6', 'UA', 'DL', 'AA'),
  scheduled: fc.integer({ min: 0, max: 1_440 }),
  delay: fc.integer({ min: -20, max: 500 }),
  mayMove: fc.boolean(),
})

const needs = fc.array(need, { maxLength: 120 }).map((flights): GateNeed[] =>
  flights.map(({ scheduled, delay, ...flight }, index) => ({
    ...flight,
    id: `F${index}`,
    key: `key ${index}`,
    scheduledAt: scheduled * MINUTE,
    leftAt: (scheduled + delay) * MINUTE,
  })),
)

function overlaps(left: GateNeed, right: GateNeed): boolean {
  const start = (flight: GateNeed) => Math.min(flight.scheduledAt, flight.leftAt) - 45 * MINUTE
  const end = (flight: GateNeed) => Math.max(flight.scheduledAt, flight.leftAt) + 10 * MINUTE
  return start(left) < end(right) && start(right) < end(left)
}

/** All pairs of places that different flights hold at one station at the same time. */
function neighbours(flights: readonly GateNeed[]) {
  const assigned = assignGates(flights)
  const held = flights.flatMap((flight) => {
    const { final, first } = assigned.get(flight.id) ?? {}
    return [final, first].flatMap((place) => (place ? [{ flight, place }] : []))
  })
  return held.flatMap((left, index) =>
    held
      .slice(index + 1)
      .filter(({ flight }) => flight !== left.flight && flight.station === left.flight.station)
      .filter(({ flight }) => overlaps(left.flight, flight))
      .map((right) => [left, right] as const),
  )
}

describe('assignGates', () => {
  test('no two flights that are there at the same time share a gate or a stand, moved or not', () => {
    fc.assert(
      fc.property(needs, (flights) => {
        for (const [left, right] of neighbours(flights)) {
          expect(left.place.gate).not.toBe(right.place.gate)
          expect(left.place.stand).not.toBe(right.place.stand)
        }
      }),
    )
  })

  test('a moved flight has two different gates of one terminal; one that may not move has one', () => {
    fc.assert(
      fc.property(needs, (flights) => {
        for (const [id, { final, first }] of assignGates(flights)) {
          expect(final.gate).toMatch(/^[A-Z]\d{1,3}$/)
          if (!first) continue
          expect(flights.find((flight) => flight.id === id)?.mayMove).toBe(true)
          expect(first.gate).not.toBe(final.gate)
          expect(first.terminal).toBe(final.terminal)
        }
      }),
    )
  })

  test('an airline stays in one terminal of a station', () => {
    fc.assert(
      fc.property(needs, (flights) => {
        const assigned = assignGates(flights)
        const airlines = Map.groupBy(flights, ({ station, carrier }) => `${station} ${carrier}`)
        for (const own of airlines.values()) {
          expect(new Set(own.map(({ id }) => assigned.get(id)?.final.terminal)).size).toBe(1)
        }
      }),
    )
  })
})
