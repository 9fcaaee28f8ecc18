import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { WriteAll } from '../../../backend/push/write-all.ts'
import { type Relay, startRelay } from '../../../backend/relay/start-relay.ts'
import { amend } from '../../shared/domain/change.ts'
import type { LogRecord } from '../../shared/ports/event-log.ts'
import { createRandom, type Random } from '../chain/random.ts'
import { feedStamp } from '../fixtures/amendment.ts'
import { fixedClock } from '../fixtures/clocks.ts'
import { departures } from '../fixtures/departure.ts'
import { eventually } from '../fixtures/eventually.ts'
import { silentLog } from '../fixtures/logs.ts'
import { type MemoryDepartures, memoryDepartures } from '../twins/memory-departures.ts'
import { type MemoryLog, memoryLog } from '../twins/memory-log.ts'
import { memoryBroadcasts, memoryHistory, memoryLeases } from '../twins/memory-outbox-stores.ts'
import { type PushWorld, startPushWorld } from './push-world.ts'
import { makeReluctant, writeReluctantly } from './reluctant.ts'
import { createScreen, revisionOf, type Screen } from './screen.ts'

/** How large a run is; the same seed makes the same choices. */
export interface RecoverySize {
  readonly seed: number
  readonly changes: number
  readonly clients: number
  /** How the gateways write; by default as they do. */
  readonly writeAll?: WriteAll
}

/** What came of it. */
export interface RecoveryReport {
  /** Promises that were broken, each with its client; none when all is well. */
  readonly problems: readonly string[]
  readonly frames: number
  readonly connects: number
  readonly restarts: number
  /** Answers that said that nothing was missed. */
  readonly recovered: number
  /** Frames that were not sent, because their sockets were behind and something newer came. */
  readonly conflated: number
}

const FLIGHTS = departures(30)
const PATIENCE = 30_000

// Of some hundred changes: most who come back were away for less, some for more.
const PAST = 300

interface Scene {
  readonly size: RecoverySize
  readonly store: MemoryDepartures
  readonly log: MemoryLog
  readonly random: Random
  /** The newest record of each departure, by revision. */
  readonly latest: ReadonlyMap<string, LogRecord>
  /** Two gateways over one log; each may be replaced by a fresh one. */
  readonly gateways: PushWorld[]
  readonly counts: { frames: number; connects: number; restarts: number; recovered: number; conflated: number }
}

interface Passenger {
  readonly screen: Screen
  /** `undefined`: everything. */
  readonly followed: ReadonlySet<string> | undefined
  socket: WebSocket | undefined
  problem: string | undefined
}

/**
 * Changes departures while clients come, go, stop reading and change gateways, sockets are full for a moment, and
 * gateways end and begin anew and get the log late. Every screen is checked with every frame (`screen.ts`), and at the end against the store.
 */
export async function runRecovery(size: RecoverySize): Promise<RecoveryReport> {
  const scene = await openScene(size)
  const relay = await openRelay(scene)
  const passengers = Array.from({ length: size.clients }, () => createPassenger(scene))
  try {
    for (let serial = 0; serial < size.changes; serial += 1) {
      await change(scene, serial)
      if (serial % 4 === 0) await stir(scene, passengers)
      if (serial % 10 === 0) await sleep(scene.random.whole(0, 3))
    }
    await settle(scene, passengers)
  } finally {
    for (const { socket } of passengers) socket?.terminate()
    await relay.close()
    await Promise.all(scene.gateways.map((world) => closeGateway(scene, world)))
  }
  const present = await readPresent(scene)
  return { ...scene.counts, problems: passengers.flatMap((who, at) => describe(who, present, `${size.seed}/${at}`)) }
}

async function openScene(size: RecoverySize): Promise<Scene> {
  const [store, log, random] = [memoryDepartures(), memoryLog(3), createRandom(size.seed)]
  store.seed(...FLIGHTS)
  const latest = new Map<string, LogRecord>()
  log.onAppended((record) => {
    const { key = '', value } = record
    if (record.topic !== 'flight_updates' || revisionOf(latest.get(key)?.value) > revisionOf(value)) return
    latest.set(key, record)
  })
  const counts = { frames: 0, connects: 0, restarts: 0, recovered: 0, conflated: 0 }
  const scene: Scene = { ...{ size, store, log, random, latest, counts }, gateways: [] }
  scene.gateways.push(await openGateway(scene), await openGateway(scene))
  return scene
}

function openGateway({ size, store, log, random }: Scene): Promise<PushWorld> {
  const { writeAll } = size
  const lag = () => random.whole(0, 7)
  // Those who do not read answer no goodbye either.
  const limits = { catchUp: 100, closing: 50 }
  return startPushWorld({
    ...{ shared: { store, log }, lag, limits, past: PAST },
    writeAll: writeReluctantly(random, writeAll),
    onSocket: (socket) => makeReluctant(socket, random),
  })
}

async function closeGateway({ counts }: Scene, world: PushWorld): Promise<void> {
  const text = await world.metrics.metrics()
  counts.conflated += Number(/^flightline_push_conflated_total (\d+)$/m.exec(text)?.[1] ?? 0)
  await world[Symbol.asyncDispose]()
}

function openRelay({ store, log, random }: Scene): Promise<Relay> {
  log.onAppend(() => sleep(random.whole(0, 5)))
  const stores = {
    ...{ departures: store, history: memoryHistory() },
    ...{ broadcasts: memoryBroadcasts(), leases: memoryLeases() },
  }
  return startRelay({ stores, log, clock: fixedClock(), logger: silentLog() })
}

function createPassenger({ random, latest }: Scene): Passenger {
  const chosen = FLIGHTS.filter(() => random.whole(0, 5) === 0).map(({ id }) => id)
  const followed = random.whole(0, 1) === 0 ? new Set(chosen) : undefined
  const screen = createScreen(() => [...latest.values()], followed)
  return { screen, followed, socket: undefined, problem: undefined }
}

/** Connects to any gateway and asks for what is missing, as a page does. */
async function connect(scene: Scene, who: Passenger): Promise<void> {
  const { url } = scene.random.pick(scene.gateways)
  const socket = new WebSocket(url)
  // Whoever is refused, or loses the gateway in the middle, comes back later.
  socket.on('error', () => undefined)
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.once('open', () => resolve(true))
    socket.once('close', () => resolve(false))
  })
  if (!isOpen) return
  scene.counts.connects += 1
  who.socket = socket
  who.screen.reconnected()
  socket.on('message', (data) => {
    if (who.socket === socket) receive(scene, who, String(data))
  })
  socket.send(JSON.stringify(request(who)))
}

function receive({ counts }: Scene, who: Passenger, text: string): void {
  const frame = JSON.parse(text)
  counts.frames += 1
  if (frame.op === 'snapshot' && frame.recovered) counts.recovered += 1
  try {
    who.screen.receive(frame)
  } catch (error) {
    who.problem ??= error instanceof Error ? error.message : String(error)
  }
}

function request({ screen, followed }: Passenger): object {
  if (!followed) return { op: 'follow', all: true, since: screen.position() }
  const flights = [...followed].map((id) => [id, screen.departures.get(id)?.revision ?? 0])
  return { op: 'follow', flights: Object.fromEntries(flights) }
}

/** One client leaves, stops reading, reads on, or comes; now and then a gateway ends and another begins. */
async function stir(scene: Scene, passengers: readonly Passenger[]): Promise<void> {
  const { random, gateways, counts } = scene
  const who = random.pick(passengers)
  if (who.socket) disturb(random, who, who.socket)
  else await connect(scene, who)
  if (random.whole(1, 40) > 1) return
  const at = random.whole(0, gateways.length - 1)
  counts.restarts += 1
  const old = gateways[at]
  if (old) await closeGateway(scene, old)
  gateways[at] = await openGateway(scene)
}

function disturb(random: Random, who: Passenger, socket: WebSocket): void {
  const choice = random.whole(0, 3)
  if (choice === 0 && socket.readyState === WebSocket.OPEN) {
    if (socket.isPaused) socket.resume()
    else socket.pause()
    return
  }
  who.socket = undefined
  if (choice === 1) socket.close()
  else socket.terminate()
}

async function change({ store, random }: Scene, serial: number): Promise<void> {
  const present = await store.get(random.pick(FLIGHTS).id)
  const made = present && amend(present, { gate: `C${serial}` }, feedStamp())
  if (made) await store.commit(made)
}

/** Everybody reads on, whoever lost their gateway comes back, and all show what the store has. */
async function settle(scene: Scene, passengers: readonly Passenger[]): Promise<void> {
  await eventually(async () => (await scene.store.backlog()).count === 0, PATIENCE)
  for (const { socket } of passengers) if (socket?.isPaused) socket.resume()
  const present = await readPresent(scene)
  const isSettled = async () => {
    // Whoever did not read learns only now that their gateway is gone.
    for (const who of passengers) if (who.socket?.readyState !== WebSocket.OPEN) await connect(scene, who)
    return passengers.every((who) => who.problem !== undefined || findStale(who, present) === undefined)
  }
  // What is stale to the end is told by its name in the report.
  await eventually(isSettled, PATIENCE).catch(() => undefined)
}

type Present = ReadonlyMap<string, number>

/** The revision of every departure, from the store. */
async function readPresent({ store }: Scene): Promise<Present> {
  const all = await Promise.all(FLIGHTS.map(({ id }) => store.get(id)))
  return new Map(all.flatMap((departure) => (departure ? [[departure.id, departure.revision] as const] : [])))
}

function findStale({ screen, followed }: Passenger, present: Present): string | undefined {
  for (const [id, revision] of present) {
    if (followed && !followed.has(id)) continue
    const shown = screen.departures.get(id)?.revision
    if (shown !== revision) return `shows ${id}:${shown}, the store has ${revision}`
  }
  return undefined
}

/** @param name - seed and number of the client */
function describe(who: Passenger, present: Present, name: string): readonly string[] {
  const problem = who.problem ?? findStale(who, present)
  return problem === undefined ? [] : [`${name}: ${problem}`]
}
