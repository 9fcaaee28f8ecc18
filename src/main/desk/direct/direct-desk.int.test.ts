import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ConnectionSettings } from '../../../node/config/settings.ts'
import type { BoardMessage } from '../../../shared/api/schemas.ts'
import { type ChainWorld, openChainWorld } from '../../../testing/chain/chain-world.ts'
import { signIn } from '../../../testing/chain/console-client.ts'
import type { Servers } from '../../../testing/chain/system.ts'
import { memoryVault, openPage } from '../../../testing/fixtures/desktop-sides.ts'
import { eventually } from '../../../testing/fixtures/eventually.ts'
import { recordingLog } from '../../../testing/fixtures/logs.ts'
import { temporaryFolder } from '../../../testing/fixtures/temporary-folder.ts'
import { startBackendProcess, TEST_PASSWORD } from '../../../testing/services/backend.ts'
import { startMongoStandIn } from '../../../testing/services/mongo-stand-in.ts'
import { createDeskHost, type DeskHost } from '../desk-host.ts'

const credentials = { name: 'admin', password: TEST_PASSWORD }

/** A desktop with everything that it has in the product. */
async function openDesktop() {
  const folder = await temporaryFolder('desktop')
  const logger = recordingLog()
  const host = createDeskHost({ folder: folder.path, vault: memoryVault(), logger })
  return {
    ...{ host, logger, folder: folder.path, page: openPage(host).client },
    async [Symbol.asyncDispose]() {
      await host.close()
      await folder[Symbol.asyncDispose]()
    },
  }
}

const links = ({ links }: DeskHost) => `${links.read().store.status} ${links.read().log.status}`

/** Reads a watch until a change of this revision comes. */
async function untilRevision(watch: AsyncIterator<BoardMessage>, revision: number): Promise<void> {
  for (;;) {
    const { value, done } = await watch.next()
    if (done) throw new Error('the watch ended')
    if (value.type === 'changes' && value.changes.some(({ departure }) => departure.revision === revision)) return
  }
}

describe('desktops on MongoDB and Kafka, with a backend', () => {
  let world: ChainWorld
  let servers: Servers
  let desk: Awaited<ReturnType<typeof openDesktop>>
  let other: Awaited<ReturnType<typeof openDesktop>>

  beforeAll(async () => {
    world = await openChainWorld({ mode: 'connected' }, { departures: 4, passengers: 1 })
    if (!world.system.servers) throw new Error('connected mode has servers')
    servers = world.system.servers
    const kafka = { brokers: servers.kafka.brokers, ssl: false, sasl: undefined }
    const connection: ConnectionSettings = { mongoUrl: servers.mongo.url, kafka }
    desk = await openDesktop()
    other = await openDesktop()
    for (const { host, page } of [desk, other]) {
      await host.use({ mode: 'direct', connection })
      await eventually(() => links(host) === 'ok ok', 20_000)
      await page.session.signIn(credentials)
    }
  })

  afterAll(async () => {
    for (const one of [desk, other]) await one?.[Symbol.asyncDispose]()
    await world?.[Symbol.asyncDispose]()
  })

  test('an edit on one is on the other’s board', async () => {
    const watch = await other.page.departures.watch()
    await watch.next()
    const command = await world.command(world.flight(0))
    const { revision } = await desk.page.departures.setGate({ ...command, gate: 'C9' })
    await untilRevision(watch, revision)
    expect(links(desk.host)).toBe('ok ok')
    await watch.return?.(undefined)
  })

  test('MongoDB is killed: the last board stays, and the same command goes through when it is back', async () => {
    const watch = await desk.page.departures.watch()
    await watch.next()
    const command = { ...(await world.command(world.flight(1))), gate: 'C10' }
    await servers.mongo.kill()
    await expect(desk.page.departures.setGate(command)).rejects.toMatchObject({ status: 503 })
    expect(desk.host.links.read().store.status).toBe('lost')
    expect(desk.host.recall()?.departures.length).toBeGreaterThan(3)
    await servers.mongo.restart()
    await eventually(() => links(desk.host) === 'ok ok', 30_000)
    expect(await desk.page.session.current()).toMatchObject({ name: 'admin' })
    const { revision } = await desk.page.departures.setGate(command)
    expect(await desk.page.departures.setGate(command)).toMatchObject({ revision })
  })

  test('Kafka is killed: edits are accepted, and are on every board when it is back', async () => {
    const command = { ...(await world.command(world.flight(2))), gate: 'C11' }
    const watch = await other.page.departures.watch()
    await watch.next()
    await servers.kafka.kill()
    const { revision } = await desk.page.departures.setGate(command)
    await eventually(() => desk.host.links.read().log.status === 'lost', 20_000)
    expect(desk.host.links.read()).toMatchObject({ store: { status: 'ok' }, log: { message: expect.any(String) } })
    await servers.kafka.restart()
    await untilRevision(watch, revision)
    await eventually(() => links(desk.host) === 'ok ok', 30_000)
  })

  test('a desk has produced nothing, and nothing in its log shows where the servers are', () => {
    const text = JSON.stringify([...desk.logger.lines, ...other.logger.lines])
    expect(text).not.toContain(new URL(servers.mongo.url).host)
    expect(text).not.toContain('publishes nothing')
  })
})

test('a desk on a database that no backend has prepared waits for one', async () => {
  await using mongo = await startMongoStandIn({ storage: 'memory' })
  await using desk = await openDesktop()
  const kafka = { brokers: ['127.0.0.1:9'], ssl: false, sasl: undefined }
  await desk.host.use({ mode: 'direct', connection: { mongoUrl: mongo.url, kafka } })
  await eventually(() => desk.host.links.read().store.status === 'lost', 20_000)
  expect(desk.host.links.read().store.message).toContain('start the backend of this version once')
})

describe('a desktop on the embedded file', () => {
  test('starts before its backend, shares the file with it, and lives in the time of the replayed day', async () => {
    await using desk = await openDesktop()
    await desk.host.use({ mode: 'embedded' })
    await eventually(() => links(desk.host) === 'ok ok', 10_000)
    await expect(desk.page.session.signIn(credentials)).rejects.toMatchObject({ code: 'FL_SIGN_IN_REFUSED' })
    await using backend = await startBackendProcess({
      entry: new URL('../../../../backend/index.ts', import.meta.url).pathname,
      env: { FLIGHTLINE_DATA: desk.folder, FLIGHTLINE_START: '14:00', FLIGHTLINE_SPEED: '60' },
    })
    await desk.page.session.signIn(credentials)
    await eventually(async () => (await desk.page.departures.list()).departures.length > 900, 30_000)
    const cookie = await signIn(backend.url)
    const answer = await fetch(`${backend.url}/api/desk/departures`, { headers: { cookie } })
    const { clock } = Object(await answer.json())
    await eventually(async () => (await desk.page.departures.list()).clock.rate === 60, 15_000)
    const own = (await desk.page.departures.list()).clock
    const apart = own.operational - clock.operational - 60 * (own.wall - clock.wall)
    expect(Math.abs(apart)).toBeLessThan(5_000)
  })
})
