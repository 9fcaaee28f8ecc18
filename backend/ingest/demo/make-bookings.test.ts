import { describe, expect, test } from 'vitest'
import type { Sealer } from '../../../src/shared/ports/secrets.ts'
import { sampleDay, sampleReference } from '../../../src/testing/fixtures/real-days.ts'
import { planDay } from '../replay/plan-day.ts'
import { makeBooking, takenSeats } from './make-bookings.ts'

/** Seals nothing, so that a test can read. */
const openSealer: Sealer = {
  seal: (clear) => `sealed:${clear}`,
  open: (text) => text,
  blindIndex: (text) => `key ${text}`,
}

const plan = planDay(sampleDay('2013-03-08'), sampleReference(), { today: '2026-11-21' })
const seats = plan.departures.flatMap((departure) => takenSeats(departure))
const bookings = seats.map((seat) => makeBooking(seat, openSealer))

describe('made-up bookings of a day', () => {
  test('are about a hundred thousand, at a load around 85 %', () => {
    const offered = plan.departures.reduce((sum, { seats: count, distance = 0 }) => {
      return sum + (count ?? (distance < 500 ? 70 : 150))
    }, 0)

    expect(bookings.length).toBeGreaterThan(90_000)
    expect(bookings.length).toBeLessThan(125_000)
    expect(bookings.length / offered).toBeCloseTo(0.85, 1)
  })

  test('have ids, seats and addresses of their own', () => {
    const emails = bookings.flatMap(({ passenger }) => passenger.email ?? [])

    expect(new Set(bookings.map(({ id }) => id)).size).toBe(bookings.length)
    expect(new Set(emails).size).toBe(emails.length)
    expect(new Set(bookings.map(({ departureId, seat }) => `${departureId} ${seat}`)).size).toBe(bookings.length)
  })

  test('reach nobody: only example.com, and only telephone numbers of fiction', () => {
    const strangeEmails = bookings.filter(({ passenger: { email } }) => {
      return email !== undefined && !/^sealed:[a-z0-9.-]+@example\.com$/.test(email)
    })
    const strangePhones = bookings.filter(({ passenger: { phone } }) => {
      return phone !== undefined && !/^sealed:\+1[2-9]\d{2}55501\d{2}$/.test(phone)
    })

    expect(strangeEmails).toEqual([])
    expect(strangePhones).toEqual([])
    expect(bookings.every(({ demo }) => demo)).toBe(true)
  })

  test('carry the blind index of the address wherever there is an address', () => {
    for (const { passenger } of bookings.slice(0, 5_000)) {
      expect(passenger.emailKey).toBe(passenger.email?.replace('sealed:', 'key '))
    }
  })

  test('mix languages and zones', () => {
    const languages = Map.groupBy(bookings, ({ passenger }) => passenger.language)

    expect([...languages.keys()].sort()).toEqual(['de', 'en', 'es', 'fr'])
    expect((languages.get('en')?.length ?? 0) / bookings.length).toBeCloseTo(0.8, 1)
    expect(new Set(bookings.map(({ passenger }) => passenger.zone)).size).toBeGreaterThan(5)
  })

  test('share a reference within a party, which has no letters that are misread', () => {
    const [first] = plan.departures
    const own = bookings.filter(({ departureId }) => departureId === first?.identity.id)
    const references = new Set(own.map(({ reference }) => reference))

    expect(references.size).toBeGreaterThan(1)
    expect(references.size).toBeLessThan(own.length)
    for (const reference of references) expect(reference).toMatch(/^[A-HJ-NP-Z2-9]{6}$/)
  })

  test('are the same when they are made again', () => {
    const again = seats.slice(0, 500).map((seat) => makeBooking(seat, openSealer))

    expect(again).toEqual(bookings.slice(0, 500))
  })

  test('an aircraft that no register has gets seats by the length of the flight', () => {
    const departure = plan.departures.find(({ seats: count }) => count === undefined)
    if (!departure) throw new Error('every aircraft is known')
    const short = takenSeats({ ...departure, distance: 200 })
    const long = takenSeats({ ...departure, distance: 2_000 })

    expect(short.length).toBeLessThanOrEqual(70)
    expect(long.length).toBeGreaterThan(70)
    expect(takenSeats({ ...departure, seats: 380 }).some(({ seat }) => seat.endsWith('K'))).toBe(true)
  })
})
