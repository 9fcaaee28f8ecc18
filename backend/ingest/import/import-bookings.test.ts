import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createSealer } from '../../../src/node/secrets/sealer.ts'
import type { Booking } from '../../../src/shared/domain/passenger.ts'
import { creation } from '../../../src/testing/fixtures/amendment.ts'
import { departure } from '../../../src/testing/fixtures/departure.ts'
import { openEmbeddedPair } from '../../../src/testing/fixtures/embedded-pair.ts'
import { importBookings } from './import-bookings.ts'

const sealer = createSealer(randomBytes(32))
const ID = 'B6739-2026-11-20-JFK'
const full =
  'id,reference,departure_id,flight_number_as_booked,name,language,zone,email,phone,seat,cabin\n' +
  `bk-1,abc123,${ID},LH6800,"Example, Ada",de-de,Europe/Berlin,Ada@example.com,+1 (212) 555-0100,12a,Economy\n`

async function openStation(demo = false) {
  const pair = await openEmbeddedPair()
  const { bookings, departures } = pair.first
  await departures.commit(creation(departure({ demo })))
  return {
    bookings,
    load: (text: string, own = sealer) => importBookings(text, { stores: { bookings, departures }, sealer: own }),
    async all(): Promise<readonly Booking[]> {
      return (await bookings.listByDeparture(ID, { limit: 1_000 })).items
    },
    [Symbol.asyncDispose]: () => pair[Symbol.asyncDispose](),
  }
}

describe('importBookings', () => {
  test('a full row becomes a booking with sealed addresses', async () => {
    await using station = await openStation()

    expect(await station.load(full)).toEqual({ accepted: 1, rejected: [] })

    const booking = await station.bookings.get('bk-1')
    expect(booking).toMatchObject({
      departureId: ID,
      reference: 'ABC123',
      flightNumberAsBooked: 'LH6800',
      passenger: { name: 'Example, Ada', language: 'de-DE', zone: 'Europe/Berlin' },
      seat: '12A',
      cabin: 'Economy',
      demo: false,
    })
    const { email = '', phone = '', emailKey } = booking?.passenger ?? {}
    expect([email, phone].every((text) => text.startsWith('sealed:'))).toBe(true)
    expect([sealer.open(email), sealer.open(phone)]).toEqual(['Ada@example.com', '+12125550100'])
    expect(emailKey).toBe(sealer.blindIndex('ada@example.com'))
  })

  test('a row by flight with nothing but what is needed takes the rest from its departure', async () => {
    await using station = await openStation()

    const report = await station.load(
      'reference,carrier,number,origin_date,origin,name\nABC123,b6,0739,2026-11-20,jfk,Ada  Example\n',
    )

    expect(report).toEqual({ accepted: 1, rejected: [] })
    expect(await station.all()).toMatchObject([
      {
        flightNumberAsBooked: 'B6739',
        passenger: { name: 'Ada Example', language: 'en', zone: 'America/New_York' },
      },
    ])
  })

  test('repeating an import writes nothing', async () => {
    await using station = await openStation()
    await station.load(full)
    const before = await station.all()

    expect(await station.load(full)).toEqual({ accepted: 1, rejected: [] })
    expect(await station.all()).toEqual(before)
  })

  test('a changed address is sealed anew, and boarding is kept', async () => {
    await using station = await openStation()
    await station.load(full)
    const [before] = await station.all()
    if (!before) throw new Error('nothing was loaded')
    await station.bookings.putAll([{ ...before, checkedIn: true, boarded: false }])

    await station.load(full.replace('Ada@', 'Countess@'))

    const [after] = await station.all()
    expect(sealer.open(after?.passenger.email ?? '')).toBe('Countess@example.com')
    expect(after).toMatchObject({ checkedIn: true, boarded: false })
    expect(after?.passenger.phone).toBe(before.passenger.phone)
  })

  test('an address that another system wrote in clear is sealed', async () => {
    await using station = await openStation()
    await station.load(full)
    const [before] = await station.all()
    if (!before) throw new Error('nothing was loaded')
    await station.bookings.putAll([{ ...before, passenger: { ...before.passenger, email: 'Ada@example.com' } }])

    await station.load(full)

    expect((await station.all())[0]?.passenger.email).toMatch(/^sealed:/)
  })

  test('a seal of a lost key is replaced', async () => {
    await using station = await openStation()
    await station.load(full, createSealer(randomBytes(32)))

    expect((await station.load(full)).accepted).toBe(1)
    expect(sealer.open((await station.all())[0]?.passenger.email ?? '')).toBe('Ada@example.com')
  })

  test('people who share a reference are told apart without their names in the ids', async () => {
    await using station = await openStation()
    const csv = `reference,departure_id,name\nABC123,${ID},Ada Example\nABC123,${ID},Bob Example\n`

    await station.load(csv)
    await station.load(csv)

    const all = await station.all()
    expect(all).toHaveLength(2)
    expect(all.map(({ id }) => id).join()).not.toMatch(/ada|bob/i)
  })

  test('a booking of a made-up flight is made up as well', async () => {
    await using station = await openStation(true)
    await station.load(full)

    expect(await station.all()).toMatchObject([{ demo: true }])
  })

  test.each([
    ['reference', 'ABC'],
    ['departure_id', 'B6 739'],
    ['departure_id', 'B6740-2026-11-20-JFK'],
    ['flight_number_as_booked', 'LUFTHANSA'],
    ['name', ''],
    ['name', 'x'.repeat(121)],
    ['language', 'nonsense_language'],
    ['zone', 'Mars/Base'],
    ['email', 'ada.example.com'],
    ['email', 'ada@localhost'],
    ['email', 'ada@example.com,bob@example.com'],
    ['phone', '555 0100'],
    ['seat', 'window'],
    ['cabin', 'x'.repeat(25)],
    ['id', 'no blanks please'],
  ])('%s "%s" is named with its line, and the rest loads', async (column, value) => {
    await using station = await openStation()
    const [names = '', row = ''] = full.split('\n')
    const columns = names.split(',')
    const cells = row.replace('"Example, Ada"', 'Ada').split(',')
    const broken = cells.map((cell, index) => (columns[index] === column ? `"${value}"` : cell)).join()

    const { accepted, rejected } = await station.load(`${names}\n${broken}\n${row}\n`)

    expect(accepted).toBe(1)
    expect(rejected).toHaveLength(1)
    expect(rejected[0]).toMatchObject({ line: 2 })
    expect(rejected[0]?.code).toMatch(/^FL_(CSV_ROW|DEPARTURE_UNKNOWN)$/)
  })

  test('what is said about a broken row repeats neither name nor address', async () => {
    await using station = await openStation()
    const csv = `reference,departure_id,name,email,phone\nABC123,${ID},Ada Secret,ada.secret.example.com,\nABC123,${ID},Ada Secret,,nobody's`

    const { rejected } = await station.load(csv)

    expect(rejected).toHaveLength(2)
    expect(JSON.stringify(rejected)).not.toMatch(/secret|nobody/i)
  })

  test('a file that names no flight is refused', async () => {
    await using station = await openStation()

    await expect(station.load('reference,name\nABC123,Ada\n')).rejects.toMatchObject({
      code: 'FL_CSV_INVALID',
      details: { missing: 'carrier, number, origin_date, origin' },
    })
  })

  test('thousands of rows load, broken ones named by line', async () => {
    await using station = await openStation()
    const rows = Array.from({ length: 2_000 }, (_, index) => {
      const email = index % 100 === 0 ? 'broken' : `p${index}@example.com`
      return `ABC123,${ID},Passenger ${index},${email}`
    })

    const { accepted, rejected } = await station.load(`reference,departure_id,name,email\n${rows.join('\n')}`)

    expect(accepted).toBe(1_980)
    expect(rejected.map(({ line }) => line)).toEqual(Array.from({ length: 20 }, (_, index) => index * 100 + 2))
    expect(await station.bookings.count()).toBe(1_980)
  })
})
