import { type BackendService, startBackendProcess } from '../../src/testing/services/backend.ts'
import { startKafka } from '../../src/testing/services/kafka.ts'
import { startMongo } from '../../src/testing/services/mongo.ts'
import { publish } from '../lib/report.ts'
import { percentile, spreadOf } from '../lib/statistics.ts'
import { importDepartures } from './departures.ts'
import { editGates, openDesk } from './desk.ts'
import { openFleet } from './followers.ts'

const SOCKETS = 1_000
const PER_SECOND = 50
const SECONDS = 20
const REPEATS = 3

/** One run on one engine. */
interface Run {
  readonly engine: string
  readonly edits: number
  /** Of every change, accepted → last of all sockets: milliseconds. */
  readonly last: { readonly p50: number; readonly p99: number; readonly max: number }
  /** Of every single delivery. */
  readonly each: { readonly p50: number; readonly p99: number }
  readonly answer: { readonly p50: number; readonly p99: number }
}

/** Measures the way of a change: a desk's edit accepted → on the last of 1,000 sockets. */
export async function runPath(): Promise<void> {
  await using mongo = await startMongo()
  await using kafka = await startKafka()
  const engines = [
    { name: 'embedded', env: {} },
    {
      name: `${kafka.label} + ${mongo.label}`,
      env: { KAFKA_BROKERS: kafka.brokers.join(','), MONGODB_URL: mongo.url },
    },
  ]
  const runs: Run[] = []
  // Interleaved, so that whatever else the machine does falls on both.
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    for (const { name, env } of engines) {
      console.log(`run ${repeat + 1} of ${REPEATS}: ${name}`)
      await using backend = await startBackendProcess({ env: { ...onOwnDatabase(env), FLIGHTLINE_DAY: 'none' } })
      runs.push(await measure(name, backend))
    }
  }
  await publish({
    name: 'path',
    what: `edit accepted → last of ${SOCKETS} sockets that follow all, ${PER_SECOND} edits/s for ${SECONDS} s, ${REPEATS} runs: median (min–max), ms`,
    rows: engines.map(({ name }) => summarize(runs.filter(({ engine }) => engine === name))),
    raw: runs,
  })
}

/** Each run starts from nothing: an edit of a state that an earlier run left would change nothing. */
function onOwnDatabase(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { MONGODB_URL: address } = env
  if (address === undefined) return env
  const url = new URL(address)
  url.pathname = `/bench-${crypto.randomUUID().slice(0, 8)}`
  return { ...env, MONGODB_URL: url.href }
}

async function measure(engine: string, backend: BackendService): Promise<Run> {
  await importDepartures(backend.url)
  await settled(backend.url)
  const desk = await openDesk(backend.url)
  const { departures } = await desk.client.departures.list()
  const fleet = await openFleet(`${backend.url.replace('http', 'ws')}/ws`, SOCKETS)
  const { accepted, answered } = await editGates(desk, departures, { perSecond: PER_SECOND, seconds: SECONDS })
  await arrived(fleet.seen, accepted)
  fleet.close()
  desk.close()
  const last = [...accepted].map((id) => fleet.slowest.get(id) ?? Number.POSITIVE_INFINITY).sort(ascending)
  const each = [...fleet.delays].sort(ascending)
  const answer = [...answered].sort(ascending)
  return {
    engine,
    edits: accepted.size,
    last: { p50: percentile(last, 0.5), p99: percentile(last, 0.99), max: percentile(last, 1) },
    each: { p50: percentile(each, 0.5), p99: percentile(each, 0.99) },
    answer: { p50: percentile(answer, 0.5), p99: percentile(answer, 0.99) },
  }
}

/** Waits until what the import caused is over: everything on the log and decided. */
async function settled(url: string): Promise<void> {
  for (let calm = 0; calm < 3; ) {
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    const { parts } = JSON.parse(await (await fetch(`${url}/health`)).text())
    calm = parts.relay.unpublished === 0 && parts.notifier.lag === 0 ? calm + 1 : 0
  }
}

async function arrived(seen: ReadonlyMap<string, number>, accepted: ReadonlySet<string>): Promise<void> {
  const end = Date.now() + 30_000
  const isComplete = () => [...accepted].every((id) => seen.get(id) === SOCKETS)
  while (!isComplete() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50))
  const missing = [...accepted].filter((id) => seen.get(id) !== SOCKETS)
  if (missing.length > 0) console.log(`${missing.length} changes did not reach every socket (conflated or lost)`)
}

function summarize(runs: readonly Run[]): Record<string, string | number> {
  const show = (read: (run: Run) => number) => {
    const { min, median, max } = spreadOf(runs.map(read))
    const text = (value: number) => (Number.isInteger(value) ? value : value.toFixed(1))
    return `${text(median)} (${text(min)}–${text(max)})`
  }
  return {
    engine: runs[0]?.engine ?? '',
    edits: show((run) => run.edits),
    'last p50': show((run) => run.last.p50),
    'last p99': show((run) => run.last.p99),
    'last max': show((run) => run.last.max),
    'each p99': show((run) => run.each.p99),
    'answer p50': show((run) => run.answer.p50),
    'answer p99': show((run) => run.answer.p99),
  }
}

function ascending(left: number, right: number): number {
  return left - right
}
