import { setTimeout as sleep } from 'node:timers/promises'
import { type Counts, type Fleet, type FleetReport, mergeReports, openFleet } from '../lib/fleet.ts'
import { readUsage } from '../lib/process-usage.ts'
import { createSource, type Source } from '../lib/source.ts'
import { publishSteadily, untilPresent } from '../lib/steady.ts'
import type { PushOptions } from '../options.ts'
import { type Flightline, startFlightline } from '../peers/flightline.ts'

/** One run. Times in milliseconds. */
export interface StormRun {
  readonly sockets: number
  /** How many of them follow everything, and come back with a position; the others follow 1–3 flights. */
  readonly followingAll: number
  readonly servers: number
  /** From the moment in which the servers are told to stop until all sockets have the present again. */
  readonly recovered: number
  /** … until the servers listen again. */
  readonly started: number
  readonly stale: number
  readonly back: number
  readonly opened: number
  /** Connections that were refused by the kernel or broke off: nobody listened. */
  readonly failed: number
  /** Answers to handshakes by status. */
  readonly refusals: Counts
  readonly closings: Counts
  /** Largest resident memory after the restart, as a share of that before. */
  readonly peak: number
}

const SOCKETS = 20_000
const DEPARTURES = 1_000
const FLIGHTS = 3

// So many of all follow everything, as programs do, and walls of displays.
const SHARE_OF_ALL = 0.1
const SOCKETS_PER_PROCESS = 12_500
const LATE = 120_000

/** The servers stop and start again, flights change meanwhile, and everybody comes back at once. */
export async function measureStorm(options: PushOptions): Promise<readonly StormRun[]> {
  const runs: StormRun[] = []
  for (let repeat = 1; repeat <= options.repeats; repeat += 1) {
    const run = await measureOne(options.sockets[0] ?? SOCKETS)
    runs.push(run)
    console.log(`run ${repeat}/${options.repeats} ${JSON.stringify(run)}`)
  }
  return runs
}

async function measureOne(sockets: number): Promise<StormRun> {
  const source = createSource(DEPARTURES)
  const processes = Math.ceil(sockets / SOCKETS_PER_PROCESS)
  await using peer = await startFlightline(source, processes)
  const { protocol, path, ports } = peer
  const followingAll = Math.round(sockets * SHARE_OF_ALL)
  const common = { protocol, path, ports, departures: DEPARTURES, idSuffix: source.idSuffix, reconnects: true }
  const few = { sockets: sockets - followingAll, flights: FLIGHTS, generators: processes }
  await using fleets = new AsyncDisposableStack()
  const storm: Storm = {
    ...{ peer, source, sockets },
    fleets: [
      fleets.use(await openFleet({ ...common, ...few })),
      fleets.use(await openFleet({ ...common, sockets: followingAll })),
    ],
  }
  await Promise.all(storm.fleets.map((fleet) => fleet.ready()))
  await publishSteadily({ peer, source, perSecond: 200, seconds: 5 })
  await Promise.all(storm.fleets.map((fleet) => untilPresent(fleet, source, LATE)))
  const steady = readUsage(peer.pids).memory
  await Promise.all(storm.fleets.map((fleet) => fleet.reset()))
  const startedAt = performance.now()
  await restart(peer, source)
  const started = performance.now() - startedAt
  const { report, peak } = await untilAllBack(storm)
  const recovered = performance.now() - startedAt
  const { stale, back, opened, failed, refusals, closings } = report
  return {
    ...{
      sockets,
      followingAll,
      servers: processes,
      recovered,
      started,
      stale,
      back,
      opened,
      failed,
      refusals,
      closings,
    },
    peak: peak / steady,
  }
}

/** Every flight changes while nobody listens, so that nobody has the present when it comes back. */
async function restart(peer: Flightline, source: Source): Promise<void> {
  await peer.stop()
  await peer.publish(source.next(source.departures.length))
  await peer.keep()
  await peer.start()
}

interface Storm {
  readonly peer: Flightline
  readonly fleets: readonly Fleet[]
  readonly source: Source
  readonly sockets: number
}

async function untilAllBack({ peer, fleets, source, sockets }: Storm): Promise<{ report: FleetReport; peak: number }> {
  const end = performance.now() + LATE
  let peak = 0
  for (;;) {
    const expected = source.revisions()
    const report = mergeReports(await Promise.all(fleets.map((fleet) => fleet.report(expected))))
    peak = Math.max(peak, readUsage(peer.pids).memory)
    if ((report.stale === 0 && report.ready === sockets) || performance.now() > end) return { report, peak }
    await sleep(100)
  }
}
