import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findPackageRoot } from '../../../src/node/config/package-root.ts'
import { openEngine } from '../../../src/node/engine/open-engine.ts'
import { createLog } from '../../../src/node/log/create-log.ts'
import { create } from '../../../src/shared/domain/change.ts'
import type { Departure } from '../../../src/shared/domain/departure.ts'
import type { DepartureStore } from '../../../src/shared/ports/departure-store.ts'
import { temporaryFolder } from '../../../src/testing/fixtures/temporary-folder.ts'
import { freePorts } from '../../../src/testing/services/free-port.ts'
import { ServiceUnavailable } from '../../../src/testing/services/service-unavailable.ts'
import { readMetric } from '../../lib/read-metric.ts'
import { awaitLine, type HelperProcess, startHelper } from '../lib/helper-process.ts'
import type { Source } from '../lib/source.ts'
import type { Peer } from './peer.ts'

/** Gateways of Flightline on one log, which this process writes as the relay does. */
export interface Flightline extends Peer {
  /** Frames that newer ones replaced, since the start. */
  conflated(): Promise<number>
  /** Bytes that wait for sockets that are behind. */
  queuedBytes(): Promise<number>
  /** Bytes on the heap and beside it, garbage included. */
  heldBytes(): Promise<number>
  /** Sockets that ended for a reason that the gateway knows, since the start. */
  closed(reason: string): Promise<number>
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

/** Starts the whole backend as built, with a log and a store that this process writes as well. */
export function startWholeBackend(source: Source): Promise<Flightline> {
  return startOnLog({ source, count: 1, startOne: startBackend })
}

interface OnLog {
  readonly source: Source
  readonly count: number
  readonly startOne: (dataFolder: string, port: number) => Promise<HelperProcess>
}

async function startOnLog({ source, count, startOne }: OnLog): Promise<Flightline> {
  const folder = await temporaryFolder()
  const engine = await openEngine({ connection: undefined, dataFolder: folder.path }, createLog('warn', process.stderr))
  const { departures } = engine.stores
  await seed(departures, source.departures)
  const ports = await freePortsInARow(count)
  let servers: readonly HelperProcess[] = []
  const start = async () => {
    servers = await Promise.all(ports.map((port) => startOne(folder.path, port)))
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
      engine.log.append(
        'flight_updates',
        changes.map(({ event }) => event),
      ),
    conflated: () => readMetrics(ports, /^flightline_push_conflated_total /),
    closed: (reason) => readMetrics(ports, new RegExp(`^flightline_push_closed_total{reason="${reason}"}`)),
    queuedBytes: () => readMetrics(ports, /^flightline_push_queued_bytes /),
    heldBytes: async () =>
      (await readMetrics(ports, /^nodejs_heap_size_used_bytes /)) +
      (await readMetrics(ports, /^nodejs_external_memory_bytes /)),
    keep: () => keepPresent(departures, source),
    async [Symbol.asyncDispose]() {
      await stop()
      await engine.close()
      await folder[Symbol.asyncDispose]()
    },
  }
}

/** Summed over all gateways; what has not happened yet has no figure. */
async function readMetrics(ports: readonly number[], name: RegExp): Promise<number> {
  const values = await Promise.all(ports.map((port) => readMetric(`http://127.0.0.1:${port}`, name)))
  return values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0)
}

async function startGateway(dataFolder: string, port: number): Promise<HelperProcess> {
  const args = [join(import.meta.dirname, 'flightline-process.ts'), dataFolder, String(port)]
  const helper = startHelper({ command: process.execPath, args, env: { NODE_ENV: 'production' } })
  await awaitLine(helper, (line) => line === 'listening')
  return helper
}

async function startBackend(dataFolder: string, port: number): Promise<HelperProcess> {
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

/** The generators count on ports that follow each other. */
async function freePortsInARow(count: number): Promise<readonly number[]> {
  const [first = 0] = await freePorts(1)
  return Array.from({ length: count }, (_, at) => first + at)
}

async function seed(store: DepartureStore, departures: readonly Departure[]): Promise<void> {
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
