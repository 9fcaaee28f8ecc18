import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { Random } from '../chain/random.ts'
import { eventually } from '../fixtures/eventually.ts'
import { connect, createPassenger, type Passenger } from './recovery-passenger.ts'
import {
  change,
  closeGateway,
  moveOn,
  openRelay,
  openScene,
  type RecoveryCounts,
  type RecoverySize,
  replaceGateway,
  type Scene,
} from './recovery-scene.ts'

/** What came of a run. */
export interface RecoveryReport extends Readonly<RecoveryCounts> {
  /** Promises that were broken, each with its client; none when all is well. */
  readonly problems: readonly string[]
}

const PATIENCE = 30_000

// Changes between two of whatever else happens.
const STEP = 4

/**
 * Changes departures while clients come, go, stop reading and change gateways, sockets are full for a moment, departures
 * come into view and go out of it at each gateway at another time, and gateways end and begin anew and get the log late.
 * Every screen is checked with every frame (`screen.ts`), whenever it is told that it missed nothing, and at the end.
 */
export async function runRecovery(size: RecoverySize): Promise<RecoveryReport> {
  const scene = await openScene(size)
  const relay = await openRelay(scene)
  const passengers = Array.from({ length: size.clients }, () => createPassenger(scene))
  let present: Present = new Map()
  try {
    for (let serial = 0; serial < size.changes; serial += 1) {
      await change(scene, serial)
      if (serial % STEP === 0) await stir(scene, passengers)
      if (serial % 10 === 0) await sleep(scene.random.whole(0, 3))
    }
    present = await settle(scene, passengers)
  } finally {
    for (const { socket } of passengers) socket?.terminate()
    await relay.close()
    await Promise.all(scene.gateways.map((world) => closeGateway(scene, world)))
  }
  return { ...scene.counts, problems: passengers.flatMap((who, at) => describe(who, present, `${size.seed}/${at}`)) }
}

/** One client leaves, stops reading, reads on, or comes; now and then a gateway ends and another begins. */
async function stir(scene: Scene, passengers: readonly Passenger[]): Promise<void> {
  const { random, size } = scene
  moveOn(scene, size.changes / STEP)
  const who = random.pick(passengers)
  if (who.socket) disturb(random, who, who.socket)
  else await connect(scene, who)
  if (random.whole(1, 40) === 1) await replaceGateway(scene)
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

/** Everybody reads on, whoever lost their gateway comes back, and all show what the store has. */
async function settle(scene: Scene, passengers: readonly Passenger[]): Promise<Present> {
  await eventually(async () => (await scene.store.backlog()).count === 0, PATIENCE)
  // One that runs already looks at an earlier moment.
  for (const { board } of scene.gateways) for (const _ of [1, 2]) await board.refresh()
  for (const { socket } of passengers) if (socket?.isPaused) socket.resume()
  const present = await readPresent(scene)
  const isSettled = async () => {
    // Whoever did not read learns only now that their gateway is gone.
    for (const who of passengers) if (who.socket?.readyState !== WebSocket.OPEN) await connect(scene, who)
    return passengers.every((who) => who.problem !== undefined || findStale(who, present) === undefined)
  }
  // What is stale to the end is told by its name in the report.
  await eventually(isSettled, PATIENCE).catch(() => undefined)
  return present
}

type Present = ReadonlyMap<string, number>

/** The revision of every departure that any gateway shows, from the store. */
async function readPresent({ store, gateways }: Scene): Promise<Present> {
  const ids = new Set(gateways.flatMap(({ board }) => [...board.all().keys()]))
  const all = await Promise.all([...ids].map((id) => store.get(id)))
  return new Map(all.flatMap((departure) => (departure ? [[departure.id, departure.revision] as const] : [])))
}

function findStale({ screen, wishes, flights }: Passenger, present: Present): string | undefined {
  for (const [id, revision] of present) {
    if (wishes === 'flights' && !flights.has(id)) continue
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
