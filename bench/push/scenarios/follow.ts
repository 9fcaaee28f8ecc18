import { setTimeout as sleep } from 'node:timers/promises'
import { startingAt } from '../lib/by-turns.ts'
import { openFleet, percentileOf } from '../lib/fleet.ts'
import { countFollowers } from '../lib/followed.ts'
import { readUsage } from '../lib/process-usage.ts'
import { createSource, type Source } from '../lib/source.ts'
import { publishSteadily, untilPresent } from '../lib/steady.ts'
import type { PushOptions } from '../options.ts'
import { peerKinds } from '../peers/catalogue.ts'
import { startCores } from '../peers/cores.ts'
import { startFlightline } from '../peers/flightline.ts'
import type { Peer } from '../peers/peer.ts'

/** One server in one run. */
export interface FollowRun {
  readonly peer: string
  readonly sockets: number
  readonly servers: number
  readonly deliveries: number
  /** Deliveries that every follower of every changed flight should have got, less those. */
  readonly missing: number
  readonly stale: number
  readonly back: number
  readonly perCpuSecond: number
  /** Processor seconds per second. */
  readonly cores: { readonly servers: number; readonly generators: number }
  readonly p50: number
  readonly p99: number
  readonly max: number
  /** Resident kB per idle socket over the server without sockets. */
  readonly memoryPerSocket: number
}

const DEPARTURES = 1_000
const FLIGHTS = 3
const PER_SECOND = 200
const LATE = 30_000

// A process holds no more than 20,000 open files here.
const SOCKETS_PER_PROCESS = 12_500

// Those that have topics of some kind; to send everything to everybody is not what this asks for.
const RIVALS = ['socketio', 'ws-shared', 'bun', 'nchan', 'c-send']

/** Each socket follows a few flights: 200 changes a second reach 400 or 2,000 of 10,000 or 50,000 sockets each. */
export async function measureFollow(options: PushOptions): Promise<readonly FollowRun[]> {
  const runs: FollowRun[] = []
  const sizes = options.sockets.length > 0 ? options.sockets : [10_000, 50_000]
  const isAsked = (name: string) => options.peers.length === 0 || options.peers.includes(name)
  for (let repeat = 1; repeat <= options.repeats; repeat += 1) {
    for (const sockets of sizes) {
      // What needs several servers of the rivals needs something between them, which is another product.
      const others = sockets > SOCKETS_PER_PROCESS ? ['flightline-cores'] : RIVALS
      for (const name of startingAt(['flightline', ...others], repeat).filter(isAsked)) {
        const run = await measureOne(name, sockets, options.seconds)
        runs.push(run)
        console.log(`run ${repeat}/${options.repeats} ${JSON.stringify(run)}`)
      }
    }
  }
  return runs
}

async function start(name: string, source: Source, servers: number): Promise<Peer> {
  if (name === 'flightline') return await startFlightline(source, servers)
  if (name === 'flightline-cores') return await startCores(source, servers)
  const kind = peerKinds.find((known) => known.name === name)
  if (!kind) throw new Error(`no server ${name}`)
  return await kind.start('flights', source)
}

async function measureOne(name: string, sockets: number, seconds: number): Promise<FollowRun> {
  const source = createSource(DEPARTURES)
  const processes = Math.ceil(sockets / SOCKETS_PER_PROCESS)
  await using peer = await start(name, source, processes)
  const empty = readUsage(peer.pids).memory
  const { protocol, path, ports } = peer
  await using fleet = await openFleet({
    ...{ protocol, path, ports, sockets, departures: DEPARTURES, idSuffix: source.idSuffix },
    ...{ flights: FLIGHTS, generators: processes },
  })
  await fleet.ready()
  await sleep(1_000)
  const memoryPerSocket = (readUsage(peer.pids).memory - empty) / sockets
  await publishSteadily({ peer, source, perSecond: PER_SECOND, seconds: 2 })
  await untilPresent(fleet, source, LATE)
  await fleet.reset()
  const before = { usage: readUsage(peer.pids), generators: fleet.cpu() }
  const counts = await publishSteadily({ peer, source, perSecond: PER_SECOND, seconds })
  const report = await untilPresent(fleet, source, LATE)
  const { user, system } = readUsage(peer.pids)
  const cpu = user + system - before.usage.user - before.usage.system
  const followers = countFollowers(sockets, DEPARTURES, FLIGHTS)
  const due = counts.reduce((sum, count, departure) => sum + count * (followers[departure] ?? 0), 0)
  return {
    ...{ peer: name, sockets, servers: processes, deliveries: report.messages, missing: due - report.messages },
    ...{ stale: report.stale, back: report.back, perCpuSecond: report.messages / cpu },
    cores: { servers: cpu / seconds, generators: (fleet.cpu() - before.generators) / seconds },
    p50: percentileOf(report.delays, 0.5),
    p99: percentileOf(report.delays, 0.99),
    max: percentileOf(report.delays, 1),
    memoryPerSocket,
  }
}
