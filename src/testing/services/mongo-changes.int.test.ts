import { type ChangeStreamDocument, type Collection, type Document, MongoClient } from 'mongodb'
import { afterAll, beforeEach, describe, expect, inject, test } from 'vitest'

interface Flight {
  _id: string
  gate?: string
}

const client = new MongoClient(inject('mongoUrl'))
const database = client.db('services_changes_test')
let flights: Collection<Flight>
let round = 0

beforeEach(() => {
  round += 1
  flights = database.collection<Flight>(`flights_${round}`)
})

afterAll(async () => {
  await database.dropDatabase()
  await client.close()
})

interface Watch {
  readonly options?: Document
  readonly pipeline?: Document[]
  readonly work: () => Promise<unknown>
}

/** The changes that `work` makes on the flights, as a stream opened before sees them. */
async function changesDuring(count: number, { options = {}, pipeline = [], work }: Watch): Promise<Document[]> {
  await using stream = flights.watch(pipeline, options)
  // The stream begins with its first request, not with its object.
  const early = await stream.tryNext()
  await work()
  const changes: ChangeStreamDocument<Flight>[] = early === null ? [] : [early]
  while (changes.length < count) changes.push(await stream.next())
  return changes
}

describe('a change stream', () => {
  test('tells every kind of write, findOneAndUpdate too', async () => {
    const changes = await changesDuring(5, {
      options: { fullDocument: 'updateLookup' },
      work: async () => {
        await flights.insertOne({ _id: 'a' })
        await flights.findOneAndUpdate({ _id: 'a' }, { $set: { gate: 'B1' } })
        await flights.replaceOne({ _id: 'a' }, { gate: 'B2' })
        await flights.updateOne({ _id: 'b' }, { $set: { gate: 'B3' } }, { upsert: true })
        await flights.deleteOne({ _id: 'b' })
      },
    })
    const kinds = changes.map(({ operationType, documentKey }) => `${operationType} ${documentKey._id}`)
    expect(kinds).toEqual(['insert a', 'update a', 'replace a', 'insert b', 'delete b'])
    expect(changes[0]).toMatchObject({ ns: { db: database.databaseName, coll: flights.collectionName } })
    expect(changes[2]?.fullDocument).toEqual({ _id: 'a', gate: 'B2' })
  })

  test('looks updated documents up when asked', async () => {
    await flights.insertOne({ _id: 'a' })
    const work = () => flights.updateOne({ _id: 'a' }, { $set: { gate: 'B1' } })
    const [change] = await changesDuring(1, { options: { fullDocument: 'updateLookup' }, work })
    expect(change?.fullDocument).toEqual({ _id: 'a', gate: 'B1' })
    expect(change?.updateDescription).toMatchObject({ updatedFields: { gate: 'B1' }, removedFields: [] })
  })

  test('stays silent about an update that changed nothing', async () => {
    await flights.insertOne({ _id: 'a', gate: 'B1' })
    const [change] = await changesDuring(1, {
      work: async () => {
        await flights.updateOne({ _id: 'a' }, { $set: { gate: 'B1' } })
        await flights.insertOne({ _id: 'after' })
      },
    })
    expect(change?.documentKey).toEqual({ _id: 'after' })
  })

  test('passes on only what its pipeline lets through', async () => {
    const work = () => flights.insertMany([{ _id: 'a' }, { _id: 'b', gate: 'B1' }])
    const pipeline = [{ $match: { 'fullDocument.gate': 'B1' } }, { $project: { documentKey: 1 } }]
    const [change] = await changesDuring(1, { pipeline, work })
    expect(change).toEqual({ _id: change?._id, documentKey: { _id: 'b' } })
  })

  test.each(['startAfter', 'resumeAfter'] as const)('goes on where a token left it: %s', async (option) => {
    const work = () => flights.insertMany([{ _id: 'a' }, { _id: 'b' }, { _id: 'c' }])
    const [first] = await changesDuring(1, { work })
    const rest = await changesDuring(2, { options: { [option]: first?._id }, work: async () => undefined })
    expect(rest.map(({ documentKey }) => documentKey._id)).toEqual(['b', 'c'])
  })

  test('has a token before anything happened', async () => {
    await flights.insertOne({ _id: 'before' })
    await using stream = flights.watch()
    await stream.tryNext()
    const token = stream.resumeToken
    await flights.insertOne({ _id: 'a' })
    const [change] = await changesDuring(1, { options: { startAfter: token }, work: async () => undefined })
    expect(change?.documentKey).toEqual({ _id: 'a' })
  })

  test('of a database sees all its collections', async () => {
    await using stream = database.watch([{ $match: { operationType: 'insert' } }])
    await stream.tryNext()
    await flights.insertOne({ _id: 'a' })
    await database.collection<Flight>(`other_${round}`).insertOne({ _id: 'b' })
    const seen = [await stream.next(), await stream.next()]
    expect(seen.map((change) => 'ns' in change && 'coll' in change.ns && change.ns.coll)).toEqual([
      flights.collectionName,
      `other_${round}`,
    ])
  })

  test('ends with an invalidate when its collection is dropped', async () => {
    await flights.insertOne({ _id: 'a' })
    const changes = await changesDuring(2, { work: () => flights.drop() })
    expect(changes.map(({ operationType }) => operationType)).toEqual(['drop', 'invalidate'])
  })
})
