import { setTimeout as sleep } from 'node:timers/promises'
import type { WriteAll } from '../../../backend/push/write-all.ts'
import { type Relay, startRelay } from '../../../backend/relay/start-relay.ts'
import { amend } from '../../shared/domain/change.ts'
import { DAY, HOUR, MINUTE } from '../../shared/domain/instant.ts'
import { type BoardPosition, formatPosition } from '../../shared/events/position.ts'
import type { LogRecord } from '../../shared/ports/event-log.ts'
import { createRandom, type Random } from '../chain/random.ts'
import { feedStamp } from '../fixtures/amendment.ts'
import { fixedClock, type ManualClock, manualClock } from '../fixtures/clocks.ts'
import { departure, departures, NOON } from '../fixtures/departure.ts'
import { silentLog } from '../fixtures/logs.ts'
import { type MemoryDepartures, memoryDepartures } from '../twins/memory-departures.ts'
import { type MemoryLog, memoryLog } from '../twins/memory-log.ts'
import { memoryBroadcasts, memoryHistory, memoryLeases } from '../twins/memory-outbox-stores.ts'
import { type PushWorld, startPushWorld } from './push-world.ts'
import { makeReluctant, writeReluctantly } from './reluctant.ts'
import { revisionOf } from './screen.ts'

/** How large a run is; the same seed makes the same choices. */
export interface RecoverySize {
  readonly seed: number
  readonly changes: number
  readonly clients: number
  /** How the gateways write; by default as they do. */
  readonly writeAll?: WriteAll
}

/** How often what happened. */
export interface RecoveryCounts {
  frames: number
  connects: number
  restarts: number
  /** Answers that said that nothing was missed. */
  recovered: number
  /** Departures that such answers gave to clients because they had come into view meanwhile. */
  entered: number
  /** Frames that were not sent, because their sockets were behind and something newer came. */
  conflated: number
}

/** A gateway, and what its board showed when it said that a client missed nothing, by the position it said so at. */
export interface SceneGateway extends PushWorld {
  readonly shown: ReadonlyMap<string, readonly string[]>
}

/** What is published, by departure. */
export interface Published {
  /** The newest record of each departure; a new list after each change. */
  latest(): readonly LogRecord[]
  /** The revision of a departure if the log tells nothing newer of it from a position on. */
  lastBefore(position: BoardPosition, id: string): number | undefined
}

/** What everybody in a run meets. */
export interface Scene {
  readonly size: RecoverySize
  readonly store: MemoryDepartures
  readonly log: MemoryLog
  /** Of all gateways; their boards look at it when they are told to. */
  readonly clock: ManualClock
  readonly random: Random
  readonly published: Published
  /** Two gateways over one log; each may be replaced by a fresh one. */
  readonly gateways: SceneGateway[]
  readonly counts: RecoveryCounts
}

/** Flights that are in view all the time. */
export const staying = departures(30)

/** Flights that come into view while the day goes on, one a minute. */
export const coming = Array.from({ length: 60 }, (_, at) =>
  departure({ id: `B6${at + 101}-2026-11-23-JFK`, scheduledAt: NOON + 3 * DAY + at * MINUTE }),
)

/** Flights that go out of it. */
const going = Array.from({ length: 20 }, (_, at) =>
  departure({ id: `B6${at + 201}-2026-11-18-JFK`, scheduledAt: NOON - 2 * DAY + at * 3 * MINUTE }),
)

const all = [...staying, ...coming, ...going]

// Of some hundred changes: most who come back were away for less, some for more.
const PAST = 300

/** Opens a store, a log and two gateways over them. */
export async function openScene(size: RecoverySize): Promise<Scene> {
  const [memory, log, random] = [memoryDepartures(), memoryLog(3), createRandom(size.seed)]
  memory.seed(...all)
  // What is read may be old by the time it is there.
  const listBetween: typeof memory.listBetween = async (from, until) => {
    const found = await memory.listBetween(from, until)
    await sleep(random.whole(0, 3))
    return found
  }
  const counts = { frames: 0, connects: 0, restarts: 0, recovered: 0, entered: 0, conflated: 0 }
  const scene: Scene = {
    ...{ size, store: { ...memory, listBetween }, log, clock: manualClock(), random },
    ...{ published: notePublished(log), counts, gateways: [] },
  }
  scene.gateways.push(await openGateway(scene), await openGateway(scene))
  return scene
}

function notePublished(log: MemoryLog): Published {
  const byId = new Map<string, LogRecord>()
  let latest: readonly LogRecord[] | undefined
  log.onAppended((record) => {
    const { key = '', topic, value } = record
    if (topic !== 'flight_updates' || revisionOf(byId.get(key)?.value) > revisionOf(value)) return
    byId.set(key, record)
    latest = undefined
  })
  return {
    latest() {
      latest ??= [...byId.values()]
      return latest
    },
    lastBefore({ offsets }, id) {
      const record = byId.get(id)
      if (!record) return 1
      return record.offset < (offsets[record.partition] ?? 0) ? revisionOf(record.value) : undefined
    },
  }
}

async function openGateway({ size, store, log, clock, random }: Scene): Promise<SceneGateway> {
  const shown = new Map<string, readonly string[]>()
  const { writeAll } = size
  const lag = () => random.whole(0, 7)
  // Those who do not read answer no goodbye either.
  const limits = { catchUp: 100, closing: 50 }
  const world = await startPushWorld({
    ...{ shared: { store, log, clock }, lag, limits, past: PAST },
    writeAll: writeReluctantly(random, writeAll),
    onSocket: (socket) => makeReluctant(socket, random),
    asks: (board) => ({
      ...board,
      changedSince(since) {
        const changed = board.changedSince(since)
        if (changed) shown.set(formatPosition(board.position()), [...board.all().keys()])
        return changed
      },
    }),
  })
  return { ...world, shown }
}

/** Ends a gateway, with all who are on it. */
export async function closeGateway({ counts }: Pick<Scene, 'counts'>, gateway: PushWorld): Promise<void> {
  const text = await gateway.metrics.metrics()
  counts.conflated += Number(/^flightline_push_conflated_total (\d+)$/m.exec(text)?.[1] ?? 0)
  await gateway[Symbol.asyncDispose]()
}

/** One gateway ends and another begins. */
export async function replaceGateway(scene: Scene): Promise<void> {
  const { random, gateways, counts } = scene
  const at = random.whole(0, gateways.length - 1)
  counts.restarts += 1
  const old = gateways[at]
  if (old) await closeGateway(scene, old)
  gateways[at] = await openGateway(scene)
}

/** What publishes, with pauses. */
export function openRelay({ store, log, random }: Scene): Promise<Relay> {
  log.onAppend(() => sleep(random.whole(0, 5)))
  const stores = {
    ...{ departures: store, history: memoryHistory() },
    ...{ broadcasts: memoryBroadcasts(), leases: memoryLeases() },
  }
  return startRelay({ stores, log, clock: fixedClock(), logger: silentLog() })
}

/** Changes one flight; mostly one of those that are in view. */
export async function change({ store, random }: Scene, serial: number): Promise<void> {
  const { id } = random.pick(random.whole(1, 6) > 1 ? staying : all)
  const present = await store.get(id)
  const made = present && amend(present, { gate: `C${serial}` }, feedStamp())
  if (made) await store.commit(made)
}

/** The day goes on, by an hour in the course of `steps`; now and then one of the gateways looks. */
export function moveOn({ clock, random, gateways }: Scene, steps: number): void {
  clock.set({ operational: clock.operational() + random.whole(0, Math.ceil((2 * HOUR) / steps)) })
  // Nobody waits for it, just as the gateway's timer does not.
  if (random.whole(1, 8) === 1) void random.pick(gateways).board.refresh()
}
