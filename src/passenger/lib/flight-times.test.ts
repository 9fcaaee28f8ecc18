import { describe, expect, test } from 'vitest'
import { statuses } from '../../shared/domain/status.ts'
import { flight, minute } from '../../testing/passenger/flights.ts'
import { arrivalTime, departureTime, expectedAt, hasLeft, isEnded, lateMinutes } from './flight-times.ts'

const planned = minute(120)
const plannedArrival = minute(360)

describe('departureTime', () => {
  test('is the schedule where nothing else is known', () => {
    expect(departureTime(flight())).toEqual({ kind: 'scheduled', at: flight().scheduledAt })
  })

  test('a later estimate replaces the schedule', () => {
    const late = flight({ scheduledAt: planned, estimatedAt: minute(165) })

    expect(departureTime(late)).toEqual({ kind: 'estimated', at: minute(165), replaced: planned })
  })

  test('an estimate before the schedule is told as the schedule', () => {
    expect(departureTime(flight({ scheduledAt: planned, estimatedAt: minute(110) }))).toMatchObject({ at: planned })
  })

  test('an actual time counts even before the schedule', () => {
    const left = flight({ scheduledAt: planned, estimatedAt: minute(130), offBlockAt: minute(117) })

    expect(departureTime(left)).toEqual({ kind: 'actual', at: minute(117), replaced: planned })
  })

  test('what left within the planned minute has nothing struck through', () => {
    expect(departureTime(flight({ scheduledAt: planned, offBlockAt: planned }))).toEqual({
      kind: 'actual',
      at: planned,
    })
  })

  test('a delay without a firm time has only a time that no longer holds', () => {
    const open = flight({ scheduledAt: planned, nextInformationAt: minute(150), status: 'DELAYED' })

    expect(departureTime(open)).toEqual({ kind: 'unknown', replaced: planned })
  })

  test('a cancelled flight has no time, whatever was expected before', () => {
    const cancelled = flight({ scheduledAt: planned, estimatedAt: minute(165), cancelled: { at: minute(0) } })

    expect(departureTime(cancelled)).toEqual({ kind: 'unknown', replaced: planned })
  })
})

describe('arrivalTime', () => {
  test('is absent where neither plan nor estimate is known', () => {
    const { scheduledArrivalAt: _, ...bare } = flight()

    expect(arrivalTime(bare)).toBeUndefined()
    expect(arrivalTime({ ...bare, cancelled: { at: minute(0) } })).toBeUndefined()
  })

  test.each([
    [{}, { kind: 'scheduled', at: plannedArrival }],
    [{ estimatedArrivalAt: minute(390) }, { kind: 'estimated', at: minute(390), replaced: plannedArrival }],
    [{ estimatedArrivalAt: minute(350) }, { kind: 'estimated', at: minute(350), replaced: plannedArrival }],
    [{ landedAt: minute(355) }, { kind: 'actual', at: minute(355), replaced: plannedArrival }],
    [
      { landedAt: minute(355), inBlockAt: minute(363) },
      { kind: 'actual', at: minute(363), replaced: plannedArrival },
    ],
    [{ diverted: { at: minute(300) } }, { kind: 'unknown', replaced: plannedArrival }],
    [
      { cancelled: { at: minute(0) }, estimatedArrivalAt: minute(390) },
      { kind: 'unknown', replaced: plannedArrival },
    ],
  ])('with %j it is %j', (facts, expected) => {
    expect(arrivalTime(flight({ scheduledArrivalAt: plannedArrival, ...facts }))).toEqual(expected)
  })
})

describe('arrivalTime of a flight that is late', () => {
  const late = { scheduledAt: planned, scheduledArrivalAt: plannedArrival, estimatedAt: minute(165) }

  test('moves with the departure where nobody says better', () => {
    expect(arrivalTime(flight(late))).toEqual({ kind: 'estimated', at: minute(405), replaced: plannedArrival })
  })

  test('is not earlier than the departure allows, and later where that is known', () => {
    expect(arrivalTime(flight({ ...late, estimatedArrivalAt: minute(370) }))).toMatchObject({ at: minute(405) })
    expect(arrivalTime(flight({ ...late, estimatedArrivalAt: minute(420) }))).toMatchObject({ at: minute(420) })
  })

  test('is what is estimated once it has left, for time can be made up in the air', () => {
    const left = { ...late, offBlockAt: minute(165), estimatedArrivalAt: minute(390) }

    expect(arrivalTime(flight(left))).toMatchObject({ at: minute(390) })
  })

  test('is unknown as long as the departure is', () => {
    const open = { scheduledAt: planned, scheduledArrivalAt: plannedArrival, nextInformationAt: minute(150) }

    expect(arrivalTime(flight(open))).toEqual({ kind: 'unknown', replaced: plannedArrival })
  })
})

describe('what follows from the times', () => {
  test('a flight without a firm time is expected at its schedule, for the order of lists', () => {
    expect(expectedAt(flight({ scheduledAt: planned, nextInformationAt: minute(150) }))).toBe(Date.parse(planned))
  })

  test('early is not late', () => {
    expect(lateMinutes(flight({ delayMinutes: -7 }))).toBe(0)
    expect(lateMinutes(flight({ delayMinutes: 42 }))).toBe(42)
  })

  test('every status is at the gate, on its way or over', () => {
    const left = statuses.filter((status) => hasLeft(flight({ status })))
    const ended = statuses.filter((status) => isEnded(flight({ status })))

    expect(left).toEqual(['DEPARTED', 'AIRBORNE', 'DIVERTED', 'LANDED', 'ARRIVED'])
    expect(ended).toEqual(['LANDED', 'ARRIVED', 'CANCELLED'])
  })
})
