import { describe, expect, test } from 'vitest'
import type { Booking } from '../../shared/domain/passenger.ts'
import type { BookingStore } from '../../shared/ports/passenger-stores.ts'
import { booking, bookings, passenger } from '../fixtures/passengers.ts'
import type { OpenPair } from './store-pair.ts'

const [HERE, THERE] = ['B6739-2026-11-20-JFK', 'LH400-2026-11-20-FRA']

/** What every `BookingStore` keeps to. */
export function describeBookingStore(name: string, open: OpenPair): void {
  describe(`BookingStore on ${name}`, () => {
    describe('writes', () => describeWrites(open))
    describe('reads', () => describeReads(open))
  })
}

function describeWrites(open: OpenPair): void {
  test('a booking is read as it was written', async () => {
    await using pair = await open()
    const made = booking({ seat: '12A', cabin: 'Y', checkedIn: true, boarded: false, demo: true })
    expect(await pair.first.bookings.putAll([made])).toBe(1)
    expect(await pair.second.bookings.get(made.id)).toEqual(made)
  })

  test('a known booking is replaced as a whole and not counted as new', async () => {
    await using pair = await open()
    await pair.first.bookings.putAll([booking({ seat: '12A' })])
    const { email, ...unreachable } = passenger()
    const later = booking({ departureId: THERE, passenger: unreachable })
    expect(await pair.second.bookings.putAll([later, booking({ id: 'booking-2' })])).toBe(1)
    expect(await pair.first.bookings.get(later.id)).toEqual(later)
    expect((await pair.first.bookings.listByDeparture(THERE, { limit: 10 })).items).toEqual([later])
    expect(await pair.first.bookings.count()).toBe(2)
  })

  test('of the same booking twice in one call the last stays', async () => {
    await using pair = await open()
    expect(await pair.first.bookings.putAll([booking({ seat: '1A' }), booking({ seat: '2B' })])).toBe(1)
    expect(await pair.first.bookings.get('booking-1')).toMatchObject({ seat: '2B' })
  })

  test('nothing is written for nothing', async () => {
    await using pair = await open()
    expect(await pair.first.bookings.putAll([])).toBe(0)
    expect(await pair.first.bookings.count()).toBe(0)
  })

  test('thousands are written in one call, and the same again adds none', async () => {
    await using pair = await open()
    const many = bookings(5_000)
    expect(await pair.first.bookings.putAll(many)).toBe(5_000)
    expect(await pair.second.bookings.putAll(many)).toBe(0)
    expect(await pair.second.bookings.count()).toBe(5_000)
  })

  test('two who import the same file count each booking as new once', async () => {
    await using pair = await open()
    const many = bookings(1_000)
    const added = await Promise.all([pair.first, pair.second].map((stores) => stores.bookings.putAll(many)))
    expect(added.reduce((sum, count) => sum + count, 0)).toBe(1_000)
    expect(await pair.first.bookings.count()).toBe(1_000)
  })
}

function describeReads(open: OpenPair): void {
  test('unknown ones are absent', async () => {
    await using pair = await open()
    const store = pair.first.bookings
    expect(await store.get('nobody')).toBeUndefined()
    expect(await store.getAll(['nobody'])).toEqual([])
    expect(await store.listByDeparture(HERE, { limit: 10 })).toEqual({ items: [] })
    expect(await store.countByDepartures([HERE])).toBe(0)
  })

  test('many are found by id, each once', async () => {
    await using pair = await open()
    const many = bookings(1_200)
    await pair.first.bookings.putAll(many)
    const ids = many.slice(100).map(({ id }) => id)
    const found = await pair.second.bookings.getAll([...ids, 'nobody', ids[0] ?? ''])
    expect(found.map(({ id }) => id).sort()).toEqual(ids)
    expect(await pair.second.bookings.getAll([])).toEqual([])
  })

  test('a departure is read page by page in order of id', async () => {
    await using pair = await open()
    const here = bookings(25)
    await pair.first.bookings.putAll([...here].reverse())
    await pair.first.bookings.putAll([booking({ id: 'booking-000003b', departureId: THERE })])
    expect(await readPages(pair.second.bookings, 10)).toEqual([here.slice(0, 10), here.slice(10, 20), here.slice(20)])
  })

  test('a full last page has no next', async () => {
    await using pair = await open()
    await pair.first.bookings.putAll(bookings(20))
    const pages = await readPages(pair.first.bookings, 10)
    expect(pages.map((page) => page.length)).toEqual([10, 10])
  })

  test('the bookings of several departures are counted together, each departure once', async () => {
    await using pair = await open()
    const there = booking({ id: 'x', departureId: THERE })
    await pair.first.bookings.putAll([...bookings(7), there])
    expect(await pair.second.bookings.countByDepartures([HERE, THERE, HERE, 'XX1-2026-11-20-JFK'])).toBe(8)
    expect(await pair.second.bookings.countByDepartures([])).toBe(0)
  })
}

async function readPages(store: BookingStore, limit: number): Promise<readonly (readonly Booking[])[]> {
  const pages: (readonly Booking[])[] = []
  for (let after: string | undefined; ; ) {
    const page = await store.listByDeparture(HERE, after === undefined ? { limit } : { after, limit })
    pages.push(page.items)
    if (page.next === undefined) return pages
    after = page.next
  }
}
