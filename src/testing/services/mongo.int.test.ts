import { type Collection, MongoBulkWriteError, MongoClient, MongoServerError } from 'mongodb'
import { afterAll, beforeEach, describe, expect, inject, test } from 'vitest'

interface Flight {
  _id: string
  revision?: number
  gate?: string | null
  accepted?: { gate?: string | null }
  outbox?: { id: string }[]
  commandIds?: string[]
  at?: Date
  reference?: string
}

const client = new MongoClient(inject('mongoUrl'))
const database = client.db('services_test')
let flights: Collection<Flight>

beforeEach(async () => {
  await database.dropDatabase()
  flights = database.collection<Flight>('flights')
})

afterAll(async () => {
  await database.dropDatabase()
  await client.close()
})

async function idsOf(filter: Parameters<typeof flights.find>[0]): Promise<string[]> {
  const found = await flights.find(filter ?? {}, { sort: { _id: 1 } }).toArray()
  return found.map(({ _id }) => _id)
}

describe('one document', () => {
  test('changes by one update that names what it was based on', async () => {
    await flights.insertOne({ _id: 'a', revision: 1, gate: 'B1', outbox: [], commandIds: ['c1', 'c2'] })
    const change = {
      $set: { gate: 'B2', 'accepted.gate': 'B2' },
      $inc: { revision: 1 },
      $push: { outbox: { id: 'a:2' }, commandIds: { $each: ['c3'], $slice: -2 } },
    }
    const based = { _id: 'a', revision: 1, gate: 'B1', commandIds: { $ne: 'c3' } }
    expect(await flights.findOneAndUpdate(based, change, { returnDocument: 'after' })).toEqual({
      _id: 'a',
      revision: 2,
      gate: 'B2',
      accepted: { gate: 'B2' },
      outbox: [{ id: 'a:2' }],
      commandIds: ['c2', 'c3'],
    })
    expect(await flights.findOneAndUpdate(based, change)).toBeNull()
  })

  test('loses an outbox entry by $pull and only that', async () => {
    await flights.insertOne({ _id: 'a', gate: 'B1', outbox: [{ id: 'a:1' }, { id: 'a:2' }] })
    await flights.updateOne({ _id: 'a' }, { $pull: { outbox: { id: { $in: ['a:1'] } } } })
    expect(await flights.findOne({ _id: 'a' })).toEqual({ _id: 'a', gate: 'B1', outbox: [{ id: 'a:2' }] })
    expect(await idsOf({ 'outbox.0': { $exists: true } })).toEqual(['a'])
  })

  test('is not matched by $ne when any array element has the value', async () => {
    await flights.insertMany([
      { _id: 'a', outbox: [{ id: 'x' }, { id: 'y' }] },
      { _id: 'b', outbox: [{ id: 'y' }] },
    ])
    expect(await idsOf({ 'outbox.id': { $ne: 'x' } })).toEqual(['b'])
  })

  test('is updated by position', async () => {
    await flights.insertOne({ _id: 'a', outbox: [{ id: 'x' }, { id: 'y' }] })
    await flights.updateOne({ _id: 'a', 'outbox.id': 'y' }, { $set: { 'outbox.$.id': 'z' } })
    expect((await flights.findOne({ _id: 'a' }))?.outbox).toEqual([{ id: 'x' }, { id: 'z' }])
  })

  test('survives 50 writers with one revision each', async () => {
    await flights.insertOne({ _id: 'a', revision: 0, commandIds: [] })
    const write = async (desk: number): Promise<void> => {
      const revision = (await flights.findOne({ _id: 'a' }))?.revision ?? 0
      const change = { $inc: { revision: 1 }, $push: { commandIds: `desk ${desk}` } }
      const result = await flights.updateOne({ _id: 'a', revision }, change)
      if (result.matchedCount === 0) await write(desk)
    }
    await Promise.all(Array.from({ length: 50 }, (_, desk) => write(desk)))
    const flight = await flights.findOne({ _id: 'a' })
    expect(flight?.revision).toBe(50)
    expect(new Set(flight?.commandIds).size).toBe(50)
  })

  test('is never read half written', async () => {
    await flights.insertOne({ _id: 'a', revision: 0, gate: '0', accepted: { gate: '0' } })
    const write = async () => {
      for (let revision = 1; revision <= 200; revision += 1) {
        await flights.updateOne(
          { _id: 'a' },
          { $set: { revision, gate: `${revision}`, accepted: { gate: `${revision}` } } },
        )
      }
    }
    const torn: unknown[] = []
    const read = async () => {
      for (let index = 0; index < 200; index += 1) {
        const seen = await flights.findOne({ _id: 'a' })
        if (seen?.gate !== `${seen?.revision}` || seen.gate !== seen.accepted?.gate) torn.push(seen)
      }
    }
    await Promise.all([write(), read(), read()])
    expect(torn).toEqual([])
  })
})

describe('a search', () => {
  test('compares two fields with $expr', async () => {
    await flights.insertMany([
      { _id: 'same', gate: 'B1', accepted: { gate: 'B1' } },
      { _id: 'other', gate: 'B2', accepted: { gate: 'B1' } },
      { _id: 'missing', accepted: { gate: 'B1' } },
      { _id: 'neither' },
    ])
    expect(await idsOf({ $expr: { $or: [{ $ne: ['$gate', '$accepted.gate'] }] } })).toEqual(['missing', 'other'])
  })

  test('takes null and missing for the same when $ifNull says so', async () => {
    await flights.insertOne({ _id: 'a', gate: null })
    const gate = { $ifNull: ['$gate', null] }
    const accepted = { $ifNull: ['$accepted.gate', null] }
    expect(await idsOf({ $expr: { $ne: [gate, accepted] } })).toEqual([])
  })

  test('matches null where a field is null or missing', async () => {
    await flights.insertMany([{ _id: 'a', gate: null }, { _id: 'b' }, { _id: 'c', gate: 'B1' }])
    expect(await idsOf({ gate: null })).toEqual(['a', 'b'])
    expect(await idsOf({ gate: { $ne: null } })).toEqual(['c'])
  })

  test('gives dates back as dates', async () => {
    const at = new Date('2026-11-20T10:15:00.123Z')
    await flights.insertOne({ _id: 'a', at })
    expect((await flights.findOne({ at: { $gte: at } }))?.at).toEqual(at)
  })

  test('counts, sorts and pages', async () => {
    await flights.insertMany(Array.from({ length: 250 }, (_, index) => ({ _id: `f${index}`, revision: index })))
    expect(await flights.countDocuments({ revision: { $gte: 200 } })).toBe(50)
    const page = await flights.find({}, { sort: { revision: -1 }, skip: 10, limit: 2 }).toArray()
    expect(page.map(({ revision }) => revision)).toEqual([239, 238])
    expect(await flights.find({}, { batchSize: 20 }).toArray()).toHaveLength(250)
  })

  test.each([
    ['an equal prefix', { gate: 'B1' }, 25],
    ['a prefix and a range', { gate: 'B1', revision: { $gte: 20, $lt: 40 } }, 5],
    ['a list', { gate: { $in: ['B1', 'B2'] } }, 50],
    [
      'alternatives',
      {
        $or: [
          { gate: 'B1', revision: 1 },
          { gate: 'B2', revision: { $gt: 90 } },
        ],
      },
      3,
    ],
    ['both at once', { $and: [{ gate: 'B1' }, { revision: { $lte: 5 } }] }, 2],
    ['a number in another form', { gate: 'B1', revision: 1.0 }, 1],
  ])('finds the same with an index and without: %s', async (_name, filter, count) => {
    const gates = ['B0', 'B1', 'B2', null]
    await flights.insertMany(
      Array.from({ length: 100 }, (_, index) => ({
        _id: `f${index}`,
        revision: index,
        gate: gates[index % 4] ?? null,
      })),
    )
    const without = await idsOf(filter)
    await flights.createIndex({ gate: 1, revision: 1 })
    expect(await idsOf(filter)).toEqual(without)
    expect(without).toHaveLength(count)
  })

  test('follows an index through updates and deletes', async () => {
    await flights.createIndex({ gate: 1 })
    await flights.insertMany([
      { _id: 'a', gate: 'B1' },
      { _id: 'b', gate: 'B1' },
      { _id: 'c', gate: 'B1' },
    ])
    await flights.updateOne({ _id: 'a' }, { $set: { gate: 'B2' } })
    await flights.deleteOne({ _id: 'b' })
    expect([await idsOf({ gate: 'B1' }), await idsOf({ gate: 'B2' })]).toEqual([['c'], ['a']])
  })
})

describe('many writes at once', () => {
  test('report each double key and do the rest when unordered', async () => {
    await flights.insertOne({ _id: 'a' })
    const documents = [{ _id: 'b' }, { _id: 'a' }, { _id: 'c' }]
    const error: unknown = await flights.insertMany(documents, { ordered: false }).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(MongoBulkWriteError)
    expect(error).toMatchObject({ code: 11000, insertedCount: 2, writeErrors: [{ index: 1, code: 11000 }] })
    expect(await idsOf({})).toEqual(['a', 'b', 'c'])
  })

  test('stop at the first double key when ordered', async () => {
    await flights.insertOne({ _id: 'a' })
    const inserting = flights.insertMany([{ _id: 'b' }, { _id: 'a' }, { _id: 'c' }])
    await expect(inserting).rejects.toMatchObject({ code: 11000, insertedCount: 1 })
    expect(await idsOf({})).toEqual(['a', 'b'])
  })

  test('of several kinds are counted by kind', async () => {
    await flights.insertOne({ _id: 'a' })
    const result = await flights.bulkWrite(
      [
        { insertOne: { document: { _id: 'b' } } },
        { updateOne: { filter: { _id: 'a' }, update: { $set: { gate: 'B1' } } } },
        { updateOne: { filter: { _id: 'c' }, update: { $setOnInsert: { gate: 'B2' } }, upsert: true } },
        { deleteOne: { filter: { _id: 'b' } } },
      ],
      { ordered: false, writeConcern: { w: 'majority' } },
    )
    expect(result).toMatchObject({ insertedCount: 1, modifiedCount: 1, upsertedCount: 1, deletedCount: 1 })
  })

  test('upsert once however many try', async () => {
    const upsert = () => flights.updateOne({ _id: 'a' }, { $setOnInsert: { revision: 1 } }, { upsert: true })
    const results = await Promise.allSettled(Array.from({ length: 10 }, upsert))
    const upserted = results.filter((result) => result.status === 'fulfilled' && result.value.upsertedCount === 1)
    expect(upserted).toHaveLength(1)
  })
})

describe('an index', () => {
  test('of each kind can be created, again too', async () => {
    const indexes = [
      { key: { gate: 1, revision: -1 }, name: 'compound' },
      { key: { at: 1 }, name: 'expiry', expireAfterSeconds: 3600 },
      { key: { reference: 1 }, name: 'partial', partialFilterExpression: { reference: { $exists: true } } },
    ] as const
    await flights.createIndexes([...indexes])
    await flights.createIndexes([...indexes])
    const names = (await flights.listIndexes().toArray()).map(({ name }) => name)
    expect(new Set(names)).toEqual(new Set(['_id_', 'compound', 'expiry', 'partial']))
  })

  test('that is unique refuses the second with code 11000', async () => {
    await flights.createIndex({ reference: 1 }, { unique: true, name: 'reference' })
    await flights.insertOne({ _id: 'a', reference: 'R1' })
    const error: unknown = await flights.insertOne({ _id: 'b', reference: 'R1' }).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(MongoServerError)
    expect(error).toMatchObject({ code: 11000, message: expect.stringContaining('index: reference dup key') })
    await expect(
      flights.findOneAndUpdate({ _id: 'b' }, { $set: { reference: 'R1' } }, { upsert: true }),
    ).rejects.toThrow('E11000')
  })

  test('that is unique for some leaves the others alone', async () => {
    const options = { unique: true, partialFilterExpression: { reference: { $exists: true } } }
    await flights.createIndex({ reference: 1 }, options)
    await flights.insertMany([{ _id: 'a' }, { _id: 'b' }, { _id: 'c', reference: 'R1' }])
    await expect(flights.updateOne({ _id: 'a' }, { $set: { reference: 'R1' } })).rejects.toMatchObject({ code: 11000 })
    await flights.updateOne({ _id: 'c' }, { $unset: { reference: 1 } })
    await flights.updateOne({ _id: 'a' }, { $set: { reference: 'R1' } })
    await flights.deleteMany({})
    expect(await flights.countDocuments()).toBe(0)
  })
})

test('reads and writes take majority concerns', async () => {
  await flights.insertOne({ _id: 'a' }, { writeConcern: { w: 'majority', journal: true } })
  expect(await flights.findOne({ _id: 'a' }, { readConcern: { level: 'majority' } })).toEqual({ _id: 'a' })
})
