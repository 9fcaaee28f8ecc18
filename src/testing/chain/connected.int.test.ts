import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Kafka, logLevel, Partitioners } from 'kafkajs'
import { type Document, MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHANGE_GROUP } from '../../../backend/notifier/health.ts'
import type { Engine } from '../../node/engine/open-engine.ts'
import type { Departure } from '../../shared/domain/departure.ts'
import { eventually } from '../fixtures/eventually.ts'
import { type BackendService, startBackendProcess } from '../services/backend.ts'
import { type ChainWorld, openChainWorld } from './chain-world.ts'
import { checkEdits } from './checks/check-edits.ts'
import { checkLog } from './checks/check-log.ts'
import { collectRecord } from './collect-record.ts'
import { connectConsole } from './console-client.ts'
import { type AcceptedEdit, createDesk } from './desk.ts'
import { waitForRest } from './quiescence.ts'
import { createRandom } from './random.ts'
import { readHealth, readMailsTo } from './requests.ts'
import { connectionOf, type Servers } from './system.ts'

const PASSENGERS = 3
const env = { FLIGHTLINE_PII_KEY: randomBytes(32).toString('base64') }

let world: ChainWorld
let servers: Servers
let engine: Engine
let mongo: MongoClient
let first: ReadonlyMap<string, Departure>
const accepted: AcceptedEdit[] = []

const flights = () => mongo.db('flightline').collection<Document & { _id: string }>('flights')

beforeAll(async () => {
  world = await openChainWorld({ mode: 'connected', asBuilt: true, env }, { departures: 8, passengers: PASSENGERS })
  if (!world.system.servers) throw new Error('connected mode has servers')
  servers = world.system.servers
  engine = await world.system.openEngine()
  mongo = new MongoClient(servers.mongo.url)
  const found = await Promise.all(world.day.departureIds.map((id) => engine.stores.departures.get(id)))
  first = new Map(found.flatMap((departure) => (departure ? [[departure.id, departure] as const] : [])))
})

afterAll(async () => {
  await engine?.close()
  await mongo?.close()
  await world?.[Symbol.asyncDispose]()
})

/** Makes every resume token too old (error 286). A real server forgets only with time; there the rest still holds. */
async function forgetHistory(): Promise<void> {
  if (servers.mongo.standIn) await mongo.db('admin').command({ standInForgetHistory: 1 })
}

/** A desk makes some edits, wherever, through whatever happens meanwhile. */
async function editThrough(count: number, url = world.url): Promise<void> {
  const known = new Map<string, Departure>()
  for (const id of world.day.departureIds.slice(2)) {
    const departure = await engine.stores.departures.get(id)
    if (departure) known.set(id, departure)
  }
  const random = createRandom(count)
  const desk = createDesk({ url, cookie: world.cookie, random, known })
  for (let edit = 0; edit < count; edit += 1) {
    accepted.push(await desk.edit(random.pick([...known.keys()])))
    await sleep(100)
  }
  desk.close()
}

describe('somebody else writes to the flights', () => {
  test('a legal value is adopted, published, pushed and mailed', async () => {
    const id = world.flight(0)
    const page = await world.follow(id)
    await flights().updateOne({ _id: id }, { $set: { gate: 'Z9' } })

    expect(await page.waitFor('departure')).toMatchObject({
      departure: { id, gate: 'Z9', revision: 2 },
      change: { fields: { gate: { from: 'B1', to: 'Z9' } } },
    })
    await eventually(async () => (await engine.stores.history.list(id)).length === 2)
    expect((await engine.stores.history.list(id)).at(-1)).toMatchObject({ source: 'external', revision: 2 })
    await eventually(() => readMailsTo(world.system, 0).length === PASSENGERS, 20_000)
    for (const { text } of readMailsTo(world.system, 0)) expect(text).toContain('Z9')
  })

  test.each([
    ['a gate that is none', { gate: 'not a gate at all' }, { gate: 'B1' }],
    ['a time that is no date', { estimatedAt: 'soon' }, {}],
    ['a field that is not open to others', { remark: 'hello' }, {}],
  ])('%s is put back and tells nobody', async (_name, written, kept) => {
    const id = world.flight(1)
    await flights().updateOne({ _id: id }, { $set: written })
    const [name = ''] = Object.keys(written)
    const before = Reflect.get(kept, name)
    await eventually(async () => (await flights().findOne({ _id: id }))?.[name] === before, 15_000)
    expect(await engine.stores.departures.get(id)).toMatchObject({ revision: 1 })
    expect(await engine.stores.history.list(id)).toHaveLength(1)
  })
})

describe('faults of the servers', () => {
  test('a change stream that has lost its past costs no change, of ours or of others', async () => {
    await forgetHistory()
    const page = await world.follow(world.flight(1))
    const { revision } = await world.console.client.departures.setGate({
      ...(await world.command(world.flight(1))),
      gate: 'C1',
    })
    expect((await page.waitFor('departure')).departure).toMatchObject({ gate: 'C1', revision })
    await forgetHistory()
    await flights().updateOne({ _id: world.flight(1) }, { $set: { gate: 'C2' } })
    await eventually(() => page.all('departure').at(-1)?.departure.gate === 'C2', 15_000)
  })

  test('MongoDB away for 5 s: red meanwhile, desks are told within 6 s, and every edit is there afterwards', async () => {
    const editing = editThrough(30)
    await sleep(500)
    await servers.mongo.kill()
    const startedAt = performance.now()
    const command = { id: world.flight(1), revision: 1, commandId: crypto.randomUUID() }
    const refused = world.console.client.departures.setGate({ ...command, gate: 'D1' })
    await expect(refused).rejects.toMatchObject({ code: 'FL_STORE_UNAVAILABLE' })
    expect(performance.now() - startedAt).toBeLessThan(7_000)
    expect(await readHealth(world.url)).toMatchObject({ code: 503, parts: { store: 'down' } })
    await sleep(Math.max(0, 5_000 - (performance.now() - startedAt)))
    await servers.mongo.restart()
    await editing
    await eventually(async () => (await readHealth(world.url)).code === 200, 20_000)
  })

  test('Kafka away for 10 s: red meanwhile, edits go on, and all are published afterwards', async () => {
    await servers.kafka.kill()
    const startedAt = performance.now()
    await editThrough(30)
    await eventually(async () => (await readHealth(world.url)).parts.log === 'down', 8_000)
    expect((await readHealth(world.url)).code).toBe(503)
    expect((await engine.stores.departures.backlog()).count).toBeGreaterThanOrEqual(30)
    await sleep(Math.max(0, 10_000 - (performance.now() - startedAt)))
    await servers.kafka.restart()
    await eventually(async () => (await engine.stores.departures.backlog()).count === 0, 30_000)
    await eventually(async () => (await readHealth(world.url)).code === 200, 20_000)
  })
})

describe('two backends', () => {
  let other: BackendService

  beforeAll(async () => {
    other = await startBackendProcess({ env: { FLIGHTLINE_DAY: 'none', ...connectionOf(servers), ...env } })
  })

  afterAll(() => other?.stop())

  test('one publishes what both accept; when it is killed the other takes over', async () => {
    await editThrough(5, other.url)
    await eventually(async () => (await engine.stores.departures.backlog()).count === 0)
    await world.system.backend.kill()
    await editThrough(5, other.url)
    await eventually(async () => (await engine.stores.departures.backlog()).count === 0, 8_000)
    const console = await connectConsole(other.url, world.cookie)
    const last = accepted.at(-1)
    await eventually(async () => {
      const { departures } = await console.client.departures.list()
      return departures.find(({ id }) => id === last?.departureId)?.revision === last?.revision
    })
    console.close()
    await world.system.backend.restart()
  })
})

test('after all of it: every accepted edit in store, history and log, in order, and all is told', async () => {
  await waitForRest(engine, { timeout: 60_000, ignoreMerging: true })
  const record = await collectRecord(world.system, engine, { first, accepted, screens: [] })
  const edited = new Map([...record.departures].filter(([id]) => world.day.departureIds.indexOf(id) > 1))
  expect(checkEdits({ accepted, departures: edited })).toEqual([])
  expect(checkLog(record).problems).toEqual([])
})

test('poison on flight_updates ends on flight_updates.dead, and its partition moves on', async () => {
  const id = world.flight(0)
  const page = await world.follow(id)
  await poison(servers.kafka.brokers, id)
  const console = await connectConsole(world.url, world.cookie)
  const { revision } = await console.client.departures.setGate({
    ...{ id, revision: (await engine.stores.departures.get(id))?.revision ?? 0, commandId: crypto.randomUUID() },
    gate: 'E5',
  })
  console.close()
  expect((await page.waitFor('departure')).departure).toMatchObject({ gate: 'E5', revision })
  await eventually(async () => (await engine.log.lag('flight_updates', CHANGE_GROUP)) === 0, 30_000)
  await eventually(async () => (await engine.log.buried('flight_updates')).length === 5, 10_000)
  for (const { reason } of await engine.log.buried('flight_updates')) expect(reason).toContain('could not be read')
  await eventually(() => readMailsTo(world.system, 0).some(({ text }) => text.includes('E5')), 20_000)
})

async function poison(brokers: readonly string[], key: string): Promise<void> {
  const kafka = new Kafka({ clientId: 'poison', brokers: [...brokers], logLevel: logLevel.NOTHING })
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  const unknown = { specversion: '1.0', type: 'flightline.departure.changed.v9', id: 'x', source: '/x', data: {} }
  const messages = [
    { key, value: '{ no JSON' },
    { key, value: null },
    { value: 'without a key' },
    { key, value: JSON.stringify(unknown) },
    { key, value: 'x'.repeat(900_000) },
  ]
  await producer.send({ topic: 'flight_updates', messages })
  await producer.disconnect()
}
