import { loadavg } from 'node:os'
import { startBackendProcess } from '../../src/testing/services/backend.ts'
import { startKafka } from '../../src/testing/services/kafka.ts'
import { startMongo } from '../../src/testing/services/mongo.ts'
import { publish } from '../lib/report.ts'
import { spreadOf } from '../lib/statistics.ts'
import { type Load, measurePath, type Run } from './measure.ts'

const LOAD: Load = { sockets: 1_000, perSecond: 50, seconds: 20 }
const REPEATS = 3

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
      runs.push({ ...(await measurePath(name, backend, LOAD)), load: loadavg()[0] ?? 0 })
    }
  }
  const { sockets, perSecond, seconds } = LOAD
  await publish({
    name: 'path',
    what: `edit accepted → last of ${sockets} sockets that follow all, ${perSecond} edits/s for ${seconds} s, ${REPEATS} runs: median (min–max), ms`,
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

function summarize(runs: readonly Run[]): Record<string, string | number> {
  const show = (read: (run: Run) => number) => {
    const { min, median, max } = spreadOf(runs.map(read))
    const text = (value: number) => (Number.isInteger(value) ? value : value.toFixed(1))
    return `${text(median)} (${text(min)}–${text(max)})`
  }
  return {
    engine: runs[0]?.engine ?? '',
    edits: show((run) => run.edits),
    incomplete: show((run) => run.incomplete),
    'last p50': show((run) => run.last.p50),
    'last p99': show((run) => run.last.p99),
    'last max': show((run) => run.last.max),
    'each p99': show((run) => run.each.p99),
    'answer p50': show((run) => run.answer.p50),
    'answer p99': show((run) => run.answer.p99),
    'server cpu': show((run) => run.cpu.server),
    load: show((run) => run.load),
  }
}
