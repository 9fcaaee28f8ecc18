import { describe, expect, test } from 'vitest'
import { amend } from '../../src/shared/domain/change.ts'
import { feedStamp } from '../../src/testing/fixtures/amendment.ts'
import { fixedClock } from '../../src/testing/fixtures/clocks.ts'
import { departures } from '../../src/testing/fixtures/departure.ts'
import { eventually } from '../../src/testing/fixtures/eventually.ts'
import { silentLog } from '../../src/testing/fixtures/logs.ts'
import { connectPush, type PushClient } from '../../src/testing/push/push-client.ts'
import { type PushWorld, startPushWorld } from '../../src/testing/push/push-world.ts'
import { createScreen, type Screen } from '../../src/testing/push/screen.ts'
import { type MemoryDepartures, memoryDepartures } from '../../src/testing/twins/memory-departures.ts'
import { type MemoryLog, memoryLog } from '../../src/testing/twins/memory-log.ts'
import { memoryBroadcasts, memoryHistory, memoryLeases } from '../../src/testing/twins/memory-outbox-stores.ts'
import { startRelay } from '../relay/start-relay.ts'

const CHANGES = 2000
const CLIENTS = 20
const FLIGHTS = departures(30)

/** Numbers that look random and are the same for the same seed (a Lehmer generator). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

type Random = ReturnType<typeof randomFrom>

interface Scene {
  readonly store: MemoryDepartures
  readonly log: MemoryLog
  readonly random: Random
  /** Two gateways over one log; each may be replaced by a fresh one. */
  readonly gateways: PushWorld[]
}

interface Passenger {
  readonly screen: Screen
  readonly followed: ReadonlySet<string> | undefined
  client: PushClient | undefined
  failure: unknown
}

async function openGateway({ store, log, random }: Omit<Scene, 'gateways'>): Promise<PushWorld> {
  return startPushWorld({ shared: { store, log }, lag: () => random(8), limits: { catchUp: 100 } })
}

function passenger({ log, random }: Scene): Passenger {
  const chosen = FLIGHTS.filter(() => random(6) === 0).map(({ id }) => id)
  const followed = random(2) === 0 ? new Set(chosen) : undefined
  const screen = createScreen(() => log.records('flight_updates'), followed)
  return { screen, followed, client: undefined, failure: undefined }
}

/** Connects to any gateway and asks for what is missing, as a page does. */
async function connect(scene: Scene, who: Passenger): Promise<void> {
  const world = scene.gateways[scene.random(scene.gateways.length)]
  if (!world) throw new Error('there is always a gateway')
  const client = await connectPush(world.url).catch(() => undefined)
  if (!client) return
  who.client = client
  who.screen.reconnected()
  client.socket.on('message', (data) => {
    if (who.client !== client) return
    try {
      who.screen.receive(JSON.parse(String(data)))
    } catch (error) {
      who.failure ??= error
    }
  })
  client.send(request(who))
}

function request({ screen, followed }: Passenger): object {
  if (!followed) return { op: 'follow', all: true, since: screen.position() }
  const flights = [...followed].map((id) => [id, screen.departures.get(id)?.revision ?? 0])
  return { op: 'follow', flights: Object.fromEntries(flights) }
}

function disconnect({ random }: Scene, who: Passenger): void {
  const { client } = who
  who.client = undefined
  if (random(2) === 0) client?.socket.terminate()
  else client?.socket.close()
}

async function stir(scene: Scene, passengers: readonly Passenger[]): Promise<void> {
  const { random, gateways } = scene
  const who = passengers[random(passengers.length)]
  if (who?.client) disconnect(scene, who)
  else if (who) await connect(scene, who)
  if (random(40) > 0) return
  const at = random(gateways.length)
  await gateways[at]?.[Symbol.asyncDispose]()
  gateways[at] = await openGateway(scene)
}

async function change({ store, random }: Scene, serial: number): Promise<void> {
  const present = await store.get(FLIGHTS[random(FLIGHTS.length)]?.id ?? '')
  const made = present && amend(present, { gate: `C${serial}` }, feedStamp())
  if (made) await store.commit(made)
}

/** Everybody whose socket was lost with its gateway comes back, and all show what the store has. */
async function settle(scene: Scene, passengers: readonly Passenger[]): Promise<void> {
  await eventually(async () => (await scene.store.backlog()).count === 0, 20_000)
  for (const who of passengers) {
    const isOpen = who.client?.socket.readyState === 1
    if (!isOpen) await connect(scene, who)
  }
  await eventually(() => passengers.every((who) => who.failure !== undefined || isPresent(scene, who)), 20_000)
}

function isPresent({ gateways }: Scene, { screen, followed }: Passenger): boolean {
  const present = [...(gateways[0]?.board.all().values() ?? [])]
  return present
    .filter(({ id }) => !followed || followed.has(id))
    .every(({ id, revision }) => screen.departures.get(id)?.revision === revision)
}

describe('recovery', () => {
  test.each(Array.from({ length: 5 }, (_, at) => at + 1))(
    'seed %i: through disconnects, changes of gateway and restarts no step back, no unannounced gap, the same end',
    async (seed) => {
      const [store, log, random] = [memoryDepartures(), memoryLog(3), randomFrom(seed * 7919)]
      store.seed(...FLIGHTS)
      const base = { store, log, random }
      const scene: Scene = { ...base, gateways: [await openGateway(base), await openGateway(base)] }
      const stores = {
        ...{ departures: store, history: memoryHistory() },
        ...{ broadcasts: memoryBroadcasts(), leases: memoryLeases() },
      }
      log.onAppend(() => new Promise((resolve) => setTimeout(resolve, random(6))))
      const relay = await startRelay({ stores, log, clock: fixedClock(), logger: silentLog() })
      const passengers = Array.from({ length: CLIENTS }, () => passenger(scene))
      for (let serial = 0; serial < CHANGES; serial += 1) {
        await change(scene, serial)
        if (serial % 4 === 0) await stir(scene, passengers)
        if (serial % 10 === 0) await new Promise((resolve) => setTimeout(resolve, random(4)))
      }
      await settle(scene, passengers)
      expect(passengers.flatMap(({ failure }) => failure ?? [])).toEqual([])
      expect(passengers.filter((who) => !isPresent(scene, who))).toEqual([])
      for (const { client } of passengers) client?.socket.terminate()
      await relay.close()
      await Promise.all(scene.gateways.map((world) => world[Symbol.asyncDispose]()))
    },
    60_000,
  )
})
