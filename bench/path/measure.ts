import type { BackendService } from '../../src/testing/services/backend.ts'
import { readMetric } from '../lib/read-metric.ts'
import { percentile, percentileOfCounts } from '../lib/statistics.ts'
import { importDepartures } from './departures.ts'
import { type Edits, editGates, openDesk } from './desk.ts'
import { type Fleet, openFleet } from './fleet.ts'
import type { FleetReport } from './tally.ts'

/** What one run is made of. */
export interface Load {
  readonly sockets: number
  readonly perSecond: number
  readonly seconds: number
}

interface Percentiles {
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/** One run on one engine; times in milliseconds. */
export interface Run {
  readonly engine: string
  readonly edits: number
  /** Changes that did not reach every socket: replaced by newer ones of the same departure, or lost. */
  readonly incomplete: number
  /** Of every change, accepted → last of all sockets. */
  readonly last: Percentiles
  /** Of every single delivery. */
  readonly each: Percentiles
  /** From sending a command to its answer. */
  readonly answer: Percentiles
  /** Processor time per edit. */
  readonly cpu: { readonly server: number; readonly followers: number }
  /** Processes that wanted a processor at the end, averaged over a minute; above the number of cores, others did. */
  readonly load: number
}

const LATE = 30_000

/** Seconds of processor time that the server has taken. */
const CPU = /^process_cpu_seconds_total /

/** Imports departures, opens the sockets, edits, and waits until everything has arrived. */
export async function measurePath(
  engine: string,
  backend: Pick<BackendService, 'url'>,
  load: Load,
): Promise<Omit<Run, 'load'>> {
  await importDepartures(backend.url)
  await settled(backend.url)
  const desk = await openDesk(backend.url)
  const { departures } = await desk.client.departures.list()
  const fleet = await openFleet(`${backend.url.replace('http', 'ws')}/ws`, load.sockets)
  const before = { server: await readMetric(backend.url, CPU), fleet: await fleet.report() }
  const edits = await editGates(desk, departures, load)
  const report = await arrived(fleet, edits.accepted, load.sockets)
  const server = (await readMetric(backend.url, CPU)) - before.server
  await fleet.close()
  desk.close()
  const perEdit = (seconds: number) => Math.round((seconds * 100_000) / edits.accepted.size) / 100
  const cpu = { server: perEdit(server), followers: perEdit(report.cpu - before.fleet.cpu) }
  return { engine, ...summarize(edits, report, load), cpu }
}

function summarize({ accepted, answered }: Edits, { sightings, delays }: FleetReport, { sockets }: Load) {
  const own = sightings.filter(({ id }) => accepted.has(id))
  return {
    edits: accepted.size,
    incomplete: accepted.size - own.filter((sighting) => sighting.sockets === sockets).length,
    last: percentiles(own.map(({ slowest }) => slowest)),
    each: {
      p50: percentileOfCounts(delays, 0.5),
      p99: percentileOfCounts(delays, 0.99),
      max: percentileOfCounts(delays, 1),
    },
    answer: percentiles(answered),
  }
}

function percentiles(values: readonly number[]): Percentiles {
  const sorted = [...values].sort((left, right) => left - right)
  return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), max: percentile(sorted, 1) }
}

/** Waits until what the import caused is over: everything on the log and decided. */
async function settled(url: string): Promise<void> {
  for (let calm = 0; calm < 3; ) {
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    const { parts } = JSON.parse(await (await fetch(`${url}/health`)).text())
    calm = parts.relay.unpublished === 0 && parts.notifier.lag === 0 ? calm + 1 : 0
  }
}

async function arrived(fleet: Fleet, accepted: ReadonlySet<string>, sockets: number): Promise<FleetReport> {
  const end = Date.now() + LATE
  for (;;) {
    const report = await fleet.report()
    const complete = report.sightings.filter((seen) => seen.sockets === sockets && accepted.has(seen.id)).length
    if (complete === accepted.size || Date.now() > end) return report
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
