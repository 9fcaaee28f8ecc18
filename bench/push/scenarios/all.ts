import { startingAt } from '../lib/by-turns.ts'
import { openFleet, percentileOf } from '../lib/fleet.ts'
import { type Load, publishFor } from '../lib/pace.ts'
import { readUsage } from '../lib/process-usage.ts'
import { createSource } from '../lib/source.ts'
import type { PushOptions } from '../options.ts'
import { peerKinds } from '../peers/catalogue.ts'
import type { PeerKind } from '../peers/peer.ts'

/** One load on one server in one run. */
export interface AllRun {
  readonly peer: string
  readonly sockets: number
  readonly load: string
  readonly changes: number
  readonly deliveries: number
  /** Messages that did not arrive; with conflation, what newer ones replaced. */
  readonly missing: number
  /** Sockets whose state at the end is not the source's. */
  readonly stale: number
  readonly back: number
  /** Deliveries per second of the server's processor time. */
  readonly perCpuSecond: number
  /** Changes per second that the server kept up with. */
  readonly rate: number
  readonly cpu: { readonly user: number; readonly system: number; readonly generator: number }
  /** Accepted → received, in milliseconds. */
  readonly p50: number
  readonly p99: number
  readonly messageBytes: number
  /** Resident kB per socket over the server without sockets, before the load. */
  readonly memoryPerSocket: number
}

const DEPARTURES = 200
// In milliseconds. A server works for weeks: what a compiler learns in its first seconds, and the first time that garbage is
// collected after the start, which takes a tenth of such a short load, belong to none of the loads.
const WARM_UP = 5_000

const BURSTS: Load = { name: 'bursts', burst: 16, every: 100, window: 32 }

const LOADS: readonly Load[] = [
  { name: 'paced', burst: 1, every: 100, window: 16 },
  BURSTS,
  { name: 'saturated', burst: 64, every: 0, window: 128 },
]

/** Everybody follows everything: each server in turn, and that several times. */
export async function measureAll(options: PushOptions): Promise<readonly AllRun[]> {
  const runs: AllRun[] = []
  const kinds = peerKinds.filter(({ name }) => options.peers.length === 0 || options.peers.includes(name))
  const sizes = options.sockets.length > 0 ? options.sockets : [1_000, 10_000]
  for (let repeat = 1; repeat <= options.repeats; repeat += 1) {
    for (const sockets of sizes) {
      for (const kind of startingAt(kinds, repeat)) {
        const measured = await measurePeer(kind, sockets, options.seconds)
        runs.push(...measured)
        for (const run of measured) console.log(`run ${repeat}/${options.repeats} ${describe(run)}`)
      }
    }
  }
  return runs
}

function describe({ peer, sockets, load, perCpuSecond, rate, p99, missing, stale }: AllRun): string {
  const figures = `${Math.round(perCpuSecond / 1000)} k/s, ${rate.toFixed(1)} changes/s, p99 ${p99} ms`
  return `${peer} ${sockets} ${load}: ${figures}, missing ${missing}, stale ${stale}`
}

async function measurePeer(kind: PeerKind, sockets: number, seconds: number): Promise<readonly AllRun[]> {
  const source = createSource(DEPARTURES)
  await using peer = await kind.start('all', source)
  const empty = readUsage(peer.pids).memory
  const { protocol, path, ports } = peer
  await using fleet = await openFleet({
    ...{ protocol, path, ports, sockets, departures: DEPARTURES, idSuffix: source.idSuffix },
  })
  await fleet.ready()
  const memoryPerSocket = (readUsage(peer.pids).memory - empty) / sockets
  const runs: AllRun[] = []
  for (const load of LOADS) {
    const running = { load, peer, fleet, source, sockets }
    // Only the first time: what a compiler learns of one load holds for the next.
    if (runs.length === 0) await publishFor({ ...running, load: BURSTS }, WARM_UP)
    await fleet.reset()
    const before = { usage: readUsage(peer.pids), generator: fleet.cpu(), at: performance.now() }
    const changes = await publishFor(running, seconds * 1000)
    const after = { usage: readUsage(peer.pids), generator: fleet.cpu(), at: performance.now() }
    const report = await fleet.report(source.revisions())
    const user = after.usage.user - before.usage.user
    const system = after.usage.system - before.usage.system
    runs.push({
      ...{ peer: kind.name, sockets, load: load.name, changes, deliveries: report.messages },
      ...{ missing: changes * sockets - report.messages, stale: report.stale, back: report.back },
      perCpuSecond: report.messages / (user + system),
      rate: (changes / (after.at - before.at)) * 1000,
      cpu: { user, system, generator: after.generator - before.generator },
      ...{ p50: percentileOf(report.delays, 0.5), p99: percentileOf(report.delays, 0.99) },
      messageBytes: Math.round(report.bytes / report.messages),
      memoryPerSocket,
    })
  }
  return runs
}
