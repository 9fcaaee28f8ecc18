import { describe, expect, test } from 'vitest'
import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import { flight, minute } from '../../testing/passenger/flights.ts'
import { speak } from '../../testing/passenger/words.ts'
import { announce, flightNumber, routeNames } from './announcement.ts'

const text = speak()

function heard(before: Partial<PublicDeparture>, after: Partial<PublicDeparture>) {
  return announce({ previous: flight(before), next: flight(after) }, text, {})
}

describe('announce', () => {
  test('interrupts for a new gate', () => {
    expect(heard({ gate: 'B3' }, { gate: 'B12' })).toEqual({ text: 'B6 739: new gate B12.', isUrgent: true })
  })

  test('interrupts for a cancellation, and says nothing else then', () => {
    const after = { status: 'CANCELLED', cancelled: { at: minute(0) }, gate: 'C1' } as const

    expect(heard({ gate: 'B3' }, after)).toEqual({ text: 'B6 739 is cancelled.', isUrgent: true })
    expect(heard(after, { ...after, gate: 'C2' })).toBeUndefined()
  })

  test('interrupts when a cancelled flight takes place after all', () => {
    const before = { status: 'CANCELLED', cancelled: { at: minute(0) } } as const

    expect(heard(before, { scheduledAt: minute(120) })).toEqual({
      text: 'B6 739 takes place after all. B6 739: new departure time 09:00.',
      isUrgent: true,
    })
  })

  test('interrupts for a diversion', () => {
    const after = { status: 'DIVERTED', diverted: { at: minute(0) } } as const

    expect(heard({ status: 'AIRBORNE' }, after)).toEqual({ text: 'B6 739 is diverted.', isUrgent: true })
  })

  test('waits its turn with a delay, which it tells with the new local time', () => {
    const after = { status: 'DELAYED', delayMinutes: 45, scheduledAt: minute(120), estimatedAt: minute(165) } as const

    expect(heard({ scheduledAt: minute(120) }, after)).toEqual({
      text: 'B6 739: Delayed, 45 min late. B6 739: new departure time 09:45.',
      isUrgent: false,
    })
  })

  test('tells a status that changed', () => {
    expect(heard({}, { status: 'BOARDING' })).toEqual({ text: 'B6 739: Boarding.', isUrgent: false })
  })

  test('is silent about what is no news to passengers, and about a flight that was not known', () => {
    expect(heard({ stand: '1' }, { stand: '2' })).toBeUndefined()
    expect(announce({ next: flight({ gate: 'B12' }) }, text, {})).toBeUndefined()
  })

  test('a gate that was taken away is not called new', () => {
    const { gate: _, ...gateless } = flight()

    expect(announce({ previous: flight({ gate: 'B3' }), next: gateless }, text, {})).toBeUndefined()
  })
})

test('a flight is called as signs write it', () => {
  expect(flightNumber({ carrier: 'B6', number: '739' })).toBe('B6 739')
  expect(flightNumber({ carrier: 'LH', number: '1', suffix: 'A' })).toBe('LH 1A')
})

test('a route is told by names, and by codes where there is none', () => {
  expect(routeNames(flight(), { JFK: { name: 'John F Kennedy Intl' } })).toEqual({
    origin: 'John F Kennedy',
    destination: 'SJU',
  })
})
