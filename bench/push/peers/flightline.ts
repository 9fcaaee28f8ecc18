import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findPackageRoot } from '../../../src/node/config/package-root.ts'
import { openEngine } from '../../../src/node/engine/open-engine.ts'
import { createKafkaLog } from '../../../src/node/kafka/kafka-log.ts'
import { createLog } from '../../../src/node/log/create-log.ts'
import { create } from '../../../src/shared/domain/change.ts'
import type { Departure } from '../../../src/shared/domain/departure.ts'
import type { DepartureStore } from '../../../src/shared/ports/departure-store.ts'
import type { EventLog, LogPosition } from '../../../src/shared/ports/event-log.ts'
import type { Log } from '../../../src/shared/ports/log.ts'
import { temporaryFolder } from '../../../src/testing/fixtures/temporary-folder.ts'
import { freePortsInARow } from '../../../src/testing/services/free-port.ts'
import { ServiceUnavailable } from '../../../src/testing/services/service-unavailable.ts'
import { readMetric } from '../../lib/read-metric.ts'
import { awaitLine, type HelperProcess, startHelper } from '../lib/helper-process.ts'
import type { KafkaPlace } from '../lib/kafka-producer.ts'
import type { Source } from '../lib/source.ts'
import type { Intake } from './intake.ts'
import type { Peer } from './peer.ts'

/** Gateways of Flightline on one log, which this process writes as the relay does. */
export interface Flightline extends Peer {
  /** Frames that newer ones replaced, since the start. */
  conflated(): Promise<number>
  /** Bytes that wait for sockets that are behind, once for all of them and in the stream of each. */
  queuedBytes(): Promise<number>
  /** Bytes on the heap and beside it, garbage collected first, which the sockets have to wait for; not of a whole backend. */
  heldBytes(): Promise<number>
  /** Sockets that ended for a reason that the gateway knows, since the start. */
  closed(reason: string): Promise<number>
  /** The log's end. */
  end(): Promise<LogPosition>
  /** How far the first of them has read the log; not of a whole backend. */
  intake(): Promise<Intake>
  /** Writes the present to the store, where a gateway that starts reads it. */
  keep(): Promise<void>
  /** Ends every gateway as an operator would. */
  stop(): Promise<void>
  /** Starts them again, on the ports they had. */
  start(): Promise<void>
}

/** Starts so many gateways, each a process of its own on a port of its own. */
export function startFlightline(source: Source, count = 1): Promise<Flightline> {
  return startOnLog({ source, count, startOne: startGateway })
}

/** Starts one gateway that reads its log on Kafka. */
export function startFlightlineOnKafka(source: Source, place: KafkaPlace): Promise<Flightline> {
  return startOnLog({ source, count: 1, startOne: startGateway, place })
}

/** Starts the whole backend as built, with a log and a store that this process writes as well. */
export function startWholeBackend(source: Source): Promise<Flightline> {
  return startOnLog({ source, count: 1, startOne: startBackend })
}

interface OnLog {
  readonly source: Source
  readonly count: number
  readonly startOne: (where: Where, port: number) => Promise<HelperProcess>
  readonly place?: KafkaPlace | undefined
}

/** Where a gateway finds its stores, and its log if that is elsewhere. */
interface Where {
  readonly dataFolder: string
  readonly place: KafkaPlace | undefined
}

async function startOnLog({ source, count, startOne, place }: OnLog): Promise<Flightline> {
  const folder = await temporaryFolder()
  const logger = createLog('warn', process.stderr)
  const engine = await openEngine({ connection: undefined, dataFolder: folder.path }, logger)
  const log = place ? openKafka(place, logger) : engine.log
  const { departures } = engine.stores
  await seed(departures, source.departures)
  // The generators count on ports that follow each other.
  const ports: readonly number[] = await freePortsInARow(count)
  let servers: readonly HelperProcess[] = []
  const start = async () => {
    servers = await Promise.all(ports.map((port) => startOne({ dataFolder: folder.path, place }, port)))
  }
  const stop = async () => {
    await Promise.all(servers.map((server) => server.stop()))
  }
  await start()
  return {
    ...{ protocol: 'flightline', path: '/ws', ports, start, stop },
    get pids() {
      return servers.map(({ pid }) => pid)
    },
    publish: (changes) =>
      log.append(
        'flight_updates',
        changes.map(({ event }) => event),
      ),
    conflated: () => readMetrics(ports, /^flightline_push_conflated_total /),
    closed: (reason) => readMetrics(ports, new RegExp(`^flightline_push_closed_total{reason="${reason}"}`)),
    queuedBytes: async () =>
      (await readMetrics(ports, /^flightline_push_queued_bytes /)) +
      (await readMetrics(ports, /^flightline_push_stream_bytes /)),
    async heldBytes() {
      const all = await Promise.all(ports.map(async (port) => (await fetch(`http://127.0.0.1:${port}/held`)).json()))
      return all.reduce((sum, bytes) => sum + Number(bytes), 0)
    },
    end: () => log.end('flight_updates'),
    intake: async () => JSON.parse(await (await fetch(`http://127.0.0.1:${ports[0]}/intake`)).text()),
    keep: () => keepPresent(departures, source),
    async [Symbol.asyncDispose]() {
      await stop()
      if (place) await log.close()
      await engine.close()
      await folder[Symbol.asyncDispose]()
    },
  }
}

function openKafka({ brokers, topicPrefix }: KafkaPlace, logger: Log): EventLog {
  return createKafkaLog({ brokers, ssl: false, sasl: undefined, topicPrefix, logger })
}

/** Summed over all gateways; what has not happened yet has no figure. */
async function readMetrics(ports: readonly number[], name: RegExp): Promise<number> {
  const values = await Promise.all(ports.map((port) => readMetric(`http://127.0.0.1:${port}`, name)))
  return values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0)
}

async function startGateway({ dataFolder, place }: Where, port: number): Promise<HelperProcess> {
  const kafka = place ? [place.brokers.join(','), place.topicPrefix] : []
  const args = [join(import.meta.dirname, 'flightline-process.ts'), dataFolder, String(port), ...kafka]
  const helper = startHelper({ command: process.execPath, args, env: { NODE_ENV: 'production' } })
  await awaitLine(helper, (line) => line === 'listening')
  return helper
}

async function startBackend({ dataFolder }: Where, port: number): Promise<HelperProcess> {
  const bundle = join(findPackageRoot(), 'out', 'backend', 'index.js')
  if (!existsSync(bundle)) throw new ServiceUnavailable('the backend is not built', 'run "npm run build"')
  const env = { PORT: String(port), FLIGHTLINE_DATA: dataFolder, FLIGHTLINE_DAY: 'none', LOG_LEVEL: 'warn' }
  const helper = startHelper({ command: process.execPath, args: [bundle], env })
  while (!(await isUp(port))) await sleep(50)
  return helper
}

async function isUp(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/health`)).ok
  } catch {
    return false
  }
}

/** Puts departures into a store, as published. */
export async function seed(store: DepartureStore, departures: readonly Departure[]): Promise<void> {
  const made = departures.map((departure) => {
    const at = departure.updatedAt
    return create(departure, departure, { source: 'schedule', at, operationalAt: at })
  })
  const results = await store.commitAll(made)
  if (results.some(({ outcome }) => outcome !== 'committed')) throw new Error('the departures could not be stored')
  await store.markPublished(made.map(({ change }) => change))
}

/** As one edit per departure, since what lies between is of no interest to whoever starts from the store. */
async function keepPresent(store: DepartureStore, source: Source): Promise<void> {
  const made = await Promise.all(
    source.present().map(async (next) => {
      const previous = await store.get(next.id)
      if (!previous) throw new Error(`${next.id} is not in the store`)
      const fields = { gate: { from: previous.gate, to: next.gate } }
      const stamp = { source: 'feed', at: next.updatedAt, operationalAt: next.updatedAt } as const
      const { id: departureId, revision } = next
      const change = { ...stamp, id: `${departureId}:${revision}`, departureId, revision, fields }
      return { previous, next, change }
    }),
  )
  const changed = made.filter(({ previous, next }) => previous.revision !== next.revision)
  const results = await store.commitAll(changed)
  if (results.some(({ outcome }) => outcome !== 'committed')) throw new Error('the present could not be stored')
  await store.markPublished(changed.map(({ change }) => change))
}
