import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MINUTE } from '../../../src/shared/domain/instant.ts'
import { addDays, localInstant, localMinutes } from '../../../src/shared/lib/zone-time.ts'
import { arrivalDelayByClock, clockDelay, expectedBlock, scheduledBlock } from './block.ts'
import type { DayRow } from './day-row.ts'

const base: DayRow = {
  line: 2,
  date: '2013-03-08',
  carrier: 'B6',
  number: '1',
  origin: 'JFK',
  destination: 'LAX',
  scheduledDeparture: 600,
}
const NEW_YORK = 'America/New_York'
const ends = { originZone: NEW_YORK, date: '2013-03-08' }
const zones = fc.constantFrom(
  ...[NEW_YORK, 'America/Los_Angeles', 'Pacific/Honolulu', 'America/Phoenix', 'Europe/London', 'Asia/Tokyo'],
)

describe('scheduledBlock', () => {
  test('is measured in UTC between two zones', () => {
    const row = { ...base, scheduledArrival: 780, distance: 2475 }

    expect(scheduledBlock(row, { ...ends, destinationZone: 'America/Los_Angeles' })).toBe(360)
  })

  test('an arrival after midnight belongs to the next day', () => {
    const row = { ...base, scheduledDeparture: 1435, scheduledArrival: 280, airTime: 189 }

    expect(scheduledBlock(row, { ...ends, destinationZone: 'America/Puerto_Rico' })).toBe(225)
  })

  test('the night of a clock change is as long as it was', () => {
    const row = { ...base, scheduledDeparture: 1380, scheduledArrival: 360, distance: 2475 }
    const over = (date: string) => scheduledBlock(row, { ...ends, date, destinationZone: NEW_YORK })

    expect(over('2013-03-08')).toBe(420)
    expect(over('2013-03-09')).toBe(360)
    expect(over('2013-11-02')).toBe(480)
  })

  test('an airport without a zone keeps the minutes of the two clocks', () => {
    const row = { ...base, scheduledDeparture: 600, scheduledArrival: 885, airTime: 189, departureDelay: 0 }

    expect(scheduledBlock({ ...row, arrivalDelay: -5 }, ends)).toBe(225)
  })

  test('without an arrival it is what the distance needs', () => {
    expect(scheduledBlock({ ...base, distance: 780 }, ends)).toBe(140)
    expect(scheduledBlock(base, ends)).toBe(40)
  })

  test('whatever the day, zones and length of the flight, the schedule of that day gives the block back', () => {
    const flights = fc.record({
      origin: zones,
      destination: zones,
      day: fc.integer({ min: 0, max: 1_000 }),
      departure: fc.integer({ min: 5 * 60, max: 1439 }),
      block: fc.integer({ min: 30, max: 15 * 60 }),
      slack: fc.integer({ min: -90, max: 90 }),
    })
    fc.assert(
      fc.property(flights, ({ origin, destination, day, departure, block, slack }) => {
        const date = addDays('2013-01-01', day)
        const arrivalAt = localInstant(origin, date, departure) + block * MINUTE
        const scheduledArrival = localMinutes(destination, arrivalAt)
        const row = {
          ...base,
          scheduledDeparture: departure,
          scheduledArrival,
          airTime: Math.max(5, block - 25 + slack),
        }
        const found = scheduledBlock(row, { originZone: origin, destinationZone: destination, date })

        // The hour that a clock shows twice may be read as the first of the two.
        expect([block, block - 60, block + 60]).toContain(found)
        expect(localMinutes(destination, localInstant(origin, date, departure) + found * MINUTE)).toBe(scheduledArrival)
      }),
      { numRuns: 500 },
    )
  })

  test('the block of an airport without a zone lies within half an hour of what was flown, and is never negative', () => {
    const clocks = fc.integer({ min: 0, max: 1439 })
    fc.assert(
      fc.property(clocks, clocks, fc.integer({ min: 15, max: 900 }), (departure, arrival, airTime) => {
        const row = { ...base, scheduledDeparture: departure, scheduledArrival: arrival, airTime }
        const block = scheduledBlock(row, ends)

        expect(Math.abs(block - (expectedBlock(row) ?? 0))).toBeLessThanOrEqual(30)
        expect(Math.abs((block - (arrival - departure)) % 60)).toBe(0)
        expect(block).toBeGreaterThan(0)
      }),
    )
  })
})

describe('delays by the clock', () => {
  test.each([
    [600, 590, -10],
    [1435, 1, 6],
    [5, 1435, -10],
    [600, 600, 0],
  ])('scheduled at minute %i and left at %i is %i', (scheduled, actual, delay) => {
    expect(clockDelay(scheduled, actual)).toBe(delay)
  })

  test('an arrival by the clock is the first that the flight could reach', () => {
    const row = { ...base, scheduledArrival: 573, arrival: 693, distance: 2586 }

    expect(arrivalDelayByClock(row, { block: 387, delay: 10 })).toBe(120)
  })

  test('an arrival far too early by the clock was on the next day', () => {
    const row = { ...base, scheduledArrival: 573, arrival: 60, distance: 2586 }

    expect(arrivalDelayByClock(row, { block: 387, delay: 10 })).toBe(60 - 573 + 1440)
  })

  test('with no clock to go by the delay of the departure stays', () => {
    expect(arrivalDelayByClock(base, { block: 387, delay: 10 })).toBe(10)
  })
})
