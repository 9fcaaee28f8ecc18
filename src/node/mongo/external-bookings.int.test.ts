import { randomUUID } from 'node:crypto'
import { type Document, MongoClient, ObjectId } from 'mongodb'
import { afterAll, afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import type { Stores } from '../../shared/ports/stores.ts'
import { silentLog } from '../../testing/fixtures/logs.ts'
import { openMongoStores } from './open-stores.ts'

const HERE = 'B6739-2026-11-20-JFK'
const client = new MongoClient(inject('mongoUrl'))
let database: string
let stores: Stores

beforeEach(async () => {
  database = `test_${randomUUID().slice(0, 8)}`
  stores = await openMongoStores({ url: inject('mongoUrl'), database, logger: silentLog() })
})

afterEach(async () => {
  await stores.close()
  await client.db(database).dropDatabase()
})

afterAll(() => client.close())

/** As the airline's own system writes, which knows nothing of us. */
async function write(...documents: Document[]): Promise<void> {
  await client.db(database).collection('bookings').insertMany(documents)
}

async function readAll(limit: number): Promise<readonly string[]> {
  const ids: string[] = []
  let after: string | undefined
  do {
    const page = await stores.bookings.listByDeparture(HERE, { limit, ...(after !== undefined && { after }) })
    ids.push(...page.items.map(({ id }) => id))
    after = page.next
  } while (after !== undefined)
  return ids
}

describe('bookings that another system wrote', () => {
  test('may lack everything but flight and passenger', async () => {
    await write({ _id: 'a', departureId: HERE, passenger: { email: 'ada@example.com' } })
    expect((await stores.bookings.listByDeparture(HERE, { limit: 10 })).items).toEqual([
      {
        id: 'a',
        departureId: HERE,
        reference: '',
        flightNumberAsBooked: '',
        passenger: { name: '', language: 'en', zone: 'UTC', email: 'ada@example.com' },
        demo: false,
      },
    ])
  })

  test('may hold null wherever a value may be absent', async () => {
    const passenger = { name: null, language: null, zone: null, email: 'ada@example.com', phone: null, emailKey: null }
    const rest = { reference: null, flightNumberAsBooked: null, seat: null, cabin: null, checkedIn: null, demo: null }
    await write({ _id: 'a', departureId: HERE, passenger, ...rest })
    const found = await stores.bookings.get('a')
    expect(found?.passenger).toEqual({ name: '', language: 'en', zone: 'UTC', email: 'ada@example.com' })
    expect(found).not.toHaveProperty('seat')
    expect(found?.demo).toBe(false)
  })

  test('a phone number of the wrong type does not cost the e-mail', async () => {
    await write({
      _id: 'a',
      departureId: HERE,
      passenger: { name: 'Ada', email: 'ada@example.com', phone: 12125550100 },
    })
    expect((await stores.bookings.get('a'))?.passenger).toMatchObject({ name: 'Ada', email: 'ada@example.com' })
  })

  test('one that is none is passed over, and the others are found', async () => {
    await write({ _id: 'a', departureId: HERE }, { _id: 'b', departureId: HERE, passenger: { name: 'Bea' } })
    expect(await readAll(10)).toEqual(['b'])
  })

  test('whatever made their ids, all are found page by page and each by its id', async () => {
    const objectIds = [new ObjectId(), new ObjectId(), new ObjectId()]
    const raw = [7, 12, 'A1', 'a2', '7b', ...objectIds]
    // The driver would make text ids of none of these by itself.
    await write(...raw.map((_id): Document => ({ _id, departureId: HERE, passenger: { email: 'ada@example.com' } })))
    const ids = raw.map((id) => (id instanceof ObjectId ? id.toHexString() : String(id)))
    for (const limit of [1, 2, 3, 100]) expect([...(await readAll(limit))].sort()).toEqual([...ids].sort())
    expect((await stores.bookings.getAll(ids)).map(({ id }) => id).sort()).toEqual([...ids].sort())
    for (const id of ids) expect((await stores.bookings.get(id))?.id).toBe(id)
    expect(await stores.bookings.countByDepartures([HERE])).toBe(ids.length)
  })
})
