import { awaitLine, type HelperProcess, startHelper } from './helper-process.ts'
import { buildNative } from './native.ts'
import { readUsage } from './process-usage.ts'

/** How the sockets talk to the server. */
export type Protocol = 'flightline' | 'text' | 'socketio' | 'path'

/** Which sockets are opened, and to what. */
export interface FleetOptions {
  readonly protocol: Protocol
  readonly path: string
  /** One server per port; sockets take turns among them. */
  readonly ports: readonly number[]
  readonly sockets: number
  readonly departures: number
  readonly idSuffix: string
  /** Flights that a socket follows: 1 to this many in turn; 0 all. */
  readonly flights?: number
  /** Every so many sockets can be told to stop reading. */
  readonly slowEvery?: number
  readonly reconnects?: boolean
  readonly generators?: number
}

/** What all sockets together saw since the figures were last reset. */
export interface FleetReport {
  readonly ready: number
  readonly slowReady: number
  /** Sockets whose last state of some departure is not the source's. */
  readonly stale: number
  readonly slowStale: number
  readonly messages: number
  readonly bytes: number
  /** Messages older than what the socket already had. */
  readonly back: number
  readonly repeated: number
  readonly opened: number
  readonly failed: number
  /** Each as value and how often it occurred. */
  readonly delays: Counts
  readonly refusals: Counts
  readonly closings: Counts
}

/** Values with how often each occurred, ascending. */
export type Counts = readonly (readonly [value: number, count: number])[]

/** Thousands of sockets, in processes of their own. */
export interface Fleet extends AsyncDisposable {
  /** Resolves when every socket follows what it should. */
  ready(): Promise<void>
  tell(command: string): Promise<void>
  /** All figures but the progress begin again; resolves when that is done. */
  reset(): Promise<void>
  report(expected?: readonly number[]): Promise<FleetReport>
  /** Sum over all sockets of the ordinal of the newest message each has; only while it is watched. */
  progress(): number
  /** Calls back when the progress has changed. */
  onProgress(listener: (() => void) | undefined): void
  /** Seconds of processor time of the generators. */
  cpu(): number
}

interface Generator {
  readonly helper: HelperProcess
  progress: number
  isReady: boolean
}

let network = 10

/** Starts the generators, which begin to connect at once. */
export async function openFleet(options: FleetOptions): Promise<Fleet> {
  const program = await buildNative('generator')
  const { generators: count = 1 } = options
  const state: { listener: (() => void) | undefined } = { listener: undefined }
  // Sockets of a run that has just ended still keep their ports for a minute.
  network = network >= 250 ? 10 : network + 1
  const generators = Array.from({ length: count }, (_, at) => {
    const helper = startHelper({ command: program, args: toArguments(options, at, count) })
    const generator: Generator = { helper, progress: 0, isReady: false }
    helper.onLine((line) => {
      if (note(generator, line)) state.listener?.()
    })
    return generator
  })
  const tell = async (command: string) => {
    await Promise.all(generators.map(({ helper }) => helper.write(`${command}\n`)))
  }
  const report = async (expected?: readonly number[]) => {
    if (expected) await tell(`expect ${expected.join(' ')}`)
    return mergeReports(await Promise.all(generators.map(({ helper }) => askForReport(helper))))
  }
  const isReady = () => generators.every((generator) => generator.isReady)
  return {
    ready: () => until(isReady),
    tell,
    async reset() {
      await tell('reset')
      await report()
    },
    report,
    progress: () => generators.reduce((sum, { progress }) => sum + progress, 0),
    onProgress(listener) {
      state.listener = listener
    },
    cpu() {
      const { user, system } = readUsage(generators.map(({ helper }) => helper.pid))
      return user + system
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(generators.map(({ helper }) => helper.stop()))
    },
  }
}

function toArguments(options: FleetOptions, at: number, count: number): readonly string[] {
  const { sockets, ports, flights = 0, slowEvery = 0, reconnects = false } = options
  const size = Math.ceil(sockets / count)
  const first = size * at
  const values = {
    protocol: options.protocol,
    path: options.path,
    suffix: options.idSuffix,
    port: ports[0] ?? 0,
    servers: ports.length,
    sockets: Math.min(size, sockets - first),
    'first-socket': first,
    departures: options.departures,
    network,
    flights,
    'slow-every': slowEvery,
    reconnects: Number(reconnects),
  }
  return Object.entries(values).flatMap(([name, value]) => [`--${name}`, String(value)])
}

/** @returns whether there was progress */
function note(generator: Generator, line: string): boolean {
  const said = JSON.parse(line)
  if (said.event === 'ready') generator.isReady = said.ready
  if (said.event !== 'progress') return false
  generator.progress = said.progress
  return true
}

async function askForReport(helper: HelperProcess): Promise<FleetReport> {
  const answer = awaitLine(helper, (line) => line.startsWith('{"event":"report"'))
  await helper.write('report\n')
  return JSON.parse(await answer)
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20))
}

/** Reports of several fleets as if they were one. */
export function mergeReports(reports: readonly FleetReport[]): FleetReport {
  const sum = (name: Exclude<keyof FleetReport, 'delays' | 'refusals' | 'closings'>) =>
    reports.reduce((total, report) => total + report[name], 0)
  const merge = (name: 'delays' | 'refusals' | 'closings') => mergeCounts(reports.map((report) => report[name]))
  return {
    ...{ ready: sum('ready'), slowReady: sum('slowReady'), stale: sum('stale'), slowStale: sum('slowStale') },
    ...{ messages: sum('messages'), bytes: sum('bytes'), back: sum('back'), repeated: sum('repeated') },
    ...{ opened: sum('opened'), failed: sum('failed') },
    ...{ delays: merge('delays'), refusals: merge('refusals'), closings: merge('closings') },
  }
}

function mergeCounts(all: readonly Counts[]): Counts {
  const merged = new Map<number, number>()
  for (const [value, count] of all.flat()) merged.set(value, (merged.get(value) ?? 0) + count)
  return [...merged].sort(([left], [right]) => left - right)
}

/** The value below which `share` of all lie. */
export function percentileOf(counts: Counts, share: number): number {
  const total = counts.reduce((sum, [, count]) => sum + count, 0)
  let left = Math.max(1, Math.ceil(total * share))
  for (const [value, count] of counts) {
    left -= count
    if (left <= 0) return value
  }
  return Number.NaN
}
