import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { MongoClient } from 'mongodb'
import { afterAll, afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { creation } from '../../testing/fixtures/amendment.ts'
import { departure } from '../../testing/fixtures/departure.ts'
import { eventually } from '../../testing/fixtures/eventually.ts'
import { recordingLog, silentLog } from '../../testing/fixtures/logs.ts'
import { delivery, mailboxMessage } from '../../testing/fixtures/notices.ts'
import { freePorts } from '../../testing/services/free-port.ts'
import { startTcpProxy } from '../../testing/services/tcp-proxy.ts'
import { openMongoStores } from './open-stores.ts'
import { SCHEMA_VERSION } from './schema.ts'

const client = new MongoClient(inject('mongoUrl'))
let database: string

beforeEach(() => {
  database = `test_${randomUUID().slice(0, 8)}`
})

afterEach(() => client.db(database).dropDatabase())
afterAll(() => client.close())

const open = (logger = silentLog()) => openMongoStores({ url: inject('mongoUrl'), database, logger })
const meta = () => client.db(database).collection<{ _id: string; version: number }>('meta')

describe('the schema', () => {
  test('is written at the first start, and opening again changes nothing', async () => {
    await (await open()).close()
    await (await open()).close()
    expect(await meta().findOne({ _id: 'schema' })).toMatchObject({ version: SCHEMA_VERSION })
  })

  test('of a newer program is refused, names both versions, and is left as it is', async () => {
    await meta().insertOne({ _id: 'schema', version: SCHEMA_VERSION + 4 })
    await expect(open()).rejects.toMatchObject({
      code: 'FL_SCHEMA_NEWER',
      details: { found: SCHEMA_VERSION + 4, known: SCHEMA_VERSION },
    })
    expect(await meta().findOne({ _id: 'schema' })).toMatchObject({ version: SCHEMA_VERSION + 4 })
  })

  test('is only looked at by a desk, which waits for a backend to prepare it', async () => {
    const openDesk = () => openMongoStores({ url: inject('mongoUrl'), database, logger: silentLog(), isDesk: true })
    const unprepared = { code: 'FL_STORE_UNPREPARED', details: { found: 0, known: SCHEMA_VERSION } }
    await expect(openDesk()).rejects.toMatchObject(unprepared)
    expect(await client.db(database).listCollections().toArray()).toEqual([])
    await (await open()).close()
    const desk = await openDesk()
    await desk.ping()
    await desk.close()
    await meta().updateOne({ _id: 'schema' }, { $set: { version: SCHEMA_VERSION + 4 } })
    await expect(openDesk()).rejects.toMatchObject({ code: 'FL_SCHEMA_NEWER' })
  })

  test('is made by several that start at once', async () => {
    const opened = await Promise.all([open(), open(), open()])
    expect(await Promise.all(opened.map((stores) => stores.ping()))).toHaveLength(3)
    await Promise.all(opened.map((stores) => stores.close()))
  })
})

test('a departure inserted twice is there once, and the second is told what is there', async () => {
  const [one, other] = [await open(), await open()]
  const outcomes = await Promise.all(
    [one, other, one, other].map(async (stores, index) => {
      return (await stores.departures.commit(creation(departure({ gate: `B${index}` })))).outcome
    }),
  )
  expect(outcomes.sort()).toEqual(['committed', 'exists', 'exists', 'exists'])
  expect((await one.departures.unpublished(10)).length).toBe(1)
  await Promise.all([one.close(), other.close()])
})

describe('a server that does not answer', () => {
  test('is FL_STORE_UNAVAILABLE at the start, within 7 s', async () => {
    const [port = 0] = await freePorts(1)
    const startedAt = performance.now()
    const opening = openMongoStores({ url: `mongodb://127.0.0.1:${port}/`, logger: silentLog() })
    await expect(opening).rejects.toMatchObject({ code: 'FL_STORE_UNAVAILABLE', status: 503 })
    expect(performance.now() - startedAt).toBeLessThan(7_000)
  })

  test('and refuses nothing either, is FL_STORE_UNAVAILABLE within 20 s, and works again when it is back', async () => {
    const address = new URL(inject('mongoUrl'))
    await using proxy = await startTcpProxy({ host: address.hostname, port: Number(address.port || 27_017) })
    Object.assign(address, { host: `127.0.0.1:${proxy.port}`, search: '?directConnection=true' })
    const stores = await openMongoStores({ url: address.href, database, logger: silentLog() })
    proxy.hang()
    const startedAt = performance.now()
    const calls: readonly Promise<unknown>[] = [
      stores.ping(),
      stores.departures.get('x'),
      stores.departures.commit(creation(departure())),
      // These insert many and pass over duplicates; a lost connection is none.
      stores.history.append([creation(departure()).change]),
      stores.deliveries.enqueue([delivery()]),
      stores.mailbox.put([mailboxMessage()]),
    ]
    for (const call of await Promise.allSettled(calls)) {
      expect(call).toMatchObject({ status: 'rejected', reason: { code: 'FL_STORE_UNAVAILABLE' } })
    }
    expect(performance.now() - startedAt).toBeLessThan(20_000)
    proxy.resume()
    const answers = async () => {
      try {
        await stores.ping()
        return true
      } catch {
        return false
      }
    }
    await eventually(answers, 10_000)
    await stores.close()
  })
})

describe('the watch', () => {
  const flights = () => client.db(database).collection('flights')
  // A write that changes nothing is no change to a stream either.
  const touch = () => flights().updateOne({}, { $set: { probe: randomUUID() } })

  async function watched() {
    const stores = await open()
    await stores.departures.commit(creation(departure()))
    const seen = { wakes: 0 }
    const stop = stores.departures.watch(() => {
      seen.wakes += 1
    })
    await expectWake(seen, touch)
    return {
      seen,
      stores,
      async [Symbol.asyncDispose]() {
        await stop()
        await stores.close()
      },
    }
  }

  /** Writes until it is heard: a stream that is just being opened may miss the first. */
  async function expectWake(seen: { readonly wakes: number }, write: () => Promise<unknown>): Promise<void> {
    const before = seen.wakes
    await eventually(async () => {
      await write()
      await sleep(100)
      return seen.wakes > before
    }, 10_000)
  }

  test('wakes again after its collection was dropped, which ends the stream with an invalidate', async () => {
    await using given = await watched()
    const before = given.seen.wakes
    await flights().drop()
    // The loss itself wakes, so that whoever waits looks at the store.
    await eventually(() => given.seen.wakes > before, 10_000)
    await given.stores.departures.commit(creation(departure()))
    await expectWake(given.seen, touch)
  })

  test('wakes again after the server forgot what the stream had seen', async () => {
    await using given = await watched()
    const before = given.seen.wakes
    if (inject('mongoStandIn')) {
      await client.db('admin').command({ standInForgetHistory: 1 })
      await eventually(() => given.seen.wakes > before, 10_000)
    }
    await expectWake(given.seen, touch)
  })

  test('that was stopped wakes nobody', async () => {
    const stores = await open(recordingLog())
    let wakes = 0
    const stop = stores.departures.watch(() => {
      wakes += 1
    })
    await sleep(200)
    await stop()
    const before = wakes
    await stores.departures.commit(creation(departure()))
    await sleep(300)
    expect(wakes).toBe(before)
    await stores.close()
  })
})
