import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findPackageRoot } from '../../src/node/config/package-root.ts'
import { type BackendService, startBackendProcess } from '../../src/testing/services/backend.ts'
import { startKafka } from '../../src/testing/services/kafka.ts'
import { startMongo } from '../../src/testing/services/mongo.ts'
import { createTemporaryFolder } from '../../src/testing/services/temporary-folder.ts'

/** What a spec file runs on. */
export interface StationOptions {
  /** Spec files differ in it, so that each gets a backend of its own. */
  readonly name: string
  /** `snow`: all of 8 March 2013. `quiet`: those of its evening flights that nothing happened to. */
  readonly day: 'snow' | 'quiet'
  /** Kafka and MongoDB (or its stand-in) in place of the embedded engine. */
  readonly isConnected?: boolean
}

/** A built backend at work, with everything it needs. */
export interface Station extends AsyncDisposable {
  readonly url: string
  readonly backend: BackendService
}

const SNOW_DAY = join(findPackageRoot(), 'resources/days/departures-2013-03-08.csv')
const QUIET_FROM = 1700

/** Starts the built backend, and the servers before it. */
export async function startStation({ day, isConnected = false }: StationOptions): Promise<Station> {
  await using stack = new AsyncDisposableStack()
  const servers = isConnected ? await startServers(stack) : {}
  const path = day === 'quiet' ? await writeQuietDay(stack) : SNOW_DAY
  const backend = stack.use(await startBackendProcess({ env: { FLIGHTLINE_DAY: path, ...servers } }))
  const started = stack.move()
  return { url: backend.url, backend, [Symbol.asyncDispose]: () => started.disposeAsync() }
}

async function startServers(stack: AsyncDisposableStack) {
  const started = await Promise.allSettled([startKafka(), startMongo()])
  for (const result of started) if (result.status === 'fulfilled') stack.use(result.value)
  const [kafka, mongo] = started
  if (kafka.status === 'rejected') throw kafka.reason
  if (mongo.status === 'rejected') throw mongo.reason
  // The server of MONGODB_URL may be in use by others, whose data are none of ours.
  const url = new URL(mongo.value.url)
  url.pathname = `/e2e-${crypto.randomUUID().slice(0, 8)}`
  return { KAFKA_BROKERS: kafka.value.brokers.join(','), MONGODB_URL: url.href }
}

/** Flights that the replay leaves alone while a test edits them, and few enough for their bookings to be made at once. */
async function writeQuietDay(stack: AsyncDisposableStack): Promise<string> {
  const folder = await createTemporaryFolder('quiet-day')
  stack.defer(() => folder.remove())
  const [header = '', ...rows] = (await readFile(SNOW_DAY, 'utf8')).trim().split('\n')
  const columns = header.split(',')
  const numberIn = (row: string, column: string) => Number.parseInt(row.split(',')[columns.indexOf(column)] ?? '', 10)
  const quiet = rows.filter((row) => numberIn(row, 'sched_dep_time') >= QUIET_FROM && numberIn(row, 'dep_delay') <= 0)
  const path = join(folder.path, 'quiet-day.csv')
  await writeFile(path, [header, ...quiet].join('\n'))
  return path
}
