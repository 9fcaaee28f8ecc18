import { MongoClient } from 'mongodb'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { startMongo } from './mongo.ts'
import type { MongoService } from './mongo-service.ts'
import { startMongoStandIn } from './mongo-stand-in.ts'

interface Flight {
  _id: string
  revision?: number
}

let service: MongoService
let client: MongoClient

beforeAll(async () => {
  service = await startMongoStandIn()
  client = new MongoClient(service.url)
})

afterAll(async () => {
  await client.close()
  await service.stop()
})

describe('a stand-in of its own', () => {
  test('is another than the server of the run', () => {
    expect(service.url).not.toBe(inject('mongoUrl'))
    expect(service.label).toContain('stand-in')
    expect(inject('mongoLabel').includes('stand-in')).toBe(inject('mongoStandIn'))
  })

  test('keeps every answered write over kill -9', async () => {
    const flights = client.db('crash').collection<Flight>('flights')
    await flights.createIndex({ revision: 1 }, { unique: true })
    for (let revision = 0; revision < 50; revision += 1) await flights.insertOne({ _id: `f${revision}`, revision })
    await service.kill()
    await service.restart()
    expect(await flights.countDocuments({})).toBe(50)
    expect(await flights.findOne({ revision: 49 })).toEqual({ _id: 'f49', revision: 49 })
    await expect(flights.insertOne({ _id: 'again', revision: 3 })).rejects.toMatchObject({ code: 11000 })
  })

  test('loses no answered write when killed in the middle', async () => {
    const flights = client.db('crash').collection<Flight>('middle')
    const answered: string[] = []
    const write = async (writer: number) => {
      for (let index = 0; ; index += 1) {
        const _id = `${writer}-${index}`
        await flights.insertOne({ _id })
        answered.push(_id)
      }
    }
    const writers = Promise.allSettled([0, 1, 2, 3].map(write))
    await expect.poll(() => answered.length, { timeout: 10_000 }).toBeGreaterThan(100)
    await service.kill()
    await writers
    await service.restart()
    const kept = new Set((await flights.find().toArray()).map(({ _id }) => _id))
    expect(answered.filter((id) => !kept.has(id))).toEqual([])
  })

  test('lets a change stream go on over a restart', async () => {
    const flights = client.db('crash').collection<Flight>('watched')
    await using stream = flights.watch()
    await stream.tryNext()
    await flights.insertOne({ _id: 'before' })
    expect(await stream.next()).toMatchObject({ documentKey: { _id: 'before' } })
    await service.restart()
    await flights.insertOne({ _id: 'after' })
    expect(await stream.next()).toMatchObject({ documentKey: { _id: 'after' } })
  })
})

describe('the stand-in', () => {
  test('refuses what it would otherwise ignore', async () => {
    const flights = client.db('refused').collection<Flight>('flights')
    const refused = { code: 238, codeName: 'NotImplemented' }
    await expect(flights.updateOne({}, [{ $set: { revision: 1 } }])).rejects.toMatchObject(refused)
    await expect(flights.findOneAndUpdate({}, [{ $set: { revision: 1 } }])).rejects.toMatchObject(refused)
    await expect(flights.findOne({}, { collation: { locale: 'en' } })).rejects.toMatchObject(refused)
    await expect(flights.findOne({}, { projection: { n: { $size: '$x' } } })).rejects.toMatchObject(refused)
    await expect(client.db('refused').createCollection('v', { validator: { a: 1 } })).rejects.toMatchObject(refused)
  })

  test('has no sessions', async () => {
    await using session = client.startSession()
    const reading = client.db('refused').collection('flights').findOne({}, { session })
    await expect(reading).rejects.toThrow('does not support sessions')
  })

  test('forgets its history on request, as a full oplog does', async () => {
    const flights = client.db('history').collection<Flight>('flights')
    await using stream = flights.watch()
    await stream.tryNext()
    const token = stream.resumeToken
    await flights.insertOne({ _id: 'a' })
    await client.db('admin').command({ standInForgetHistory: 1 })
    await using late = flights.watch([], { startAfter: token })
    await expect(late.next()).rejects.toMatchObject({
      code: 286,
      codeName: 'ChangeStreamHistoryLost',
      errorLabels: ['NonResumableChangeStreamError'],
    })
  })

  test('keeps nothing when told to use memory', async () => {
    await using memory = await startMongoStandIn({ storage: 'memory' })
    await using other = new MongoClient(memory.url)
    const flights = other.db('memory').collection<Flight>('flights')
    await flights.insertOne({ _id: 'a' })
    await memory.restart()
    expect(await flights.countDocuments({})).toBe(0)
    expect(memory.label).toContain('memory')
  })
})

describe('the server MONGODB_URL names', () => {
  afterEach(() => vi.unstubAllEnvs())

  test('is used as it is and not for killing', async () => {
    vi.stubEnv('MONGODB_URL', service.url)
    const used = await startMongo()
    expect(used).toMatchObject({ url: service.url, standIn: false, label: 'MongoDB 7.0.0' })
    await expect(used.kill()).rejects.toThrow('the server of MONGODB_URL cannot be killed: unset MONGODB_URL')
    await used.stop()
    expect(await client.db('admin').command({ ping: 1 })).toMatchObject({ ok: 1 })
  })

  test('is reported in one line when it does not answer', async () => {
    vi.stubEnv('MONGODB_URL', 'mongodb://127.0.0.1:1/')
    await expect(startMongo()).rejects.toThrow('the server named by MONGODB_URL does not answer: start it')
  })
})
