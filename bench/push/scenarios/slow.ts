import { setTimeout as sleep } from 'node:timers/promises'
import { type Counts, type Fleet, openFleet, percentileOf } from '../lib/fleet.ts'
import { readUsage } from '../lib/process-usage.ts'
import { createSource, type Source } from '../lib/source.ts'
import { publishSteadily, untilPresent } from '../lib/steady.ts'
import type { PushOptions } from '../options.ts'
import { type Flightline, startFlightline } from '../peers/flightline.ts'

/** One run. Times in milliseconds. */
export interface SlowRun {
  readonly sockets: number
  readonly slow: number
  /** Of the others, with everybody reading and with the slow not reading. */
  readonly p99: { readonly before: number; readonly during: number }
  /** The server's largest resident memory in kB, which V8 lets grow in leaps whoever reads. */
  readonly memory: { readonly before: number; readonly during: number }
  /** What it held (heap and buffers, without garbage) over that with everybody reading, in kB per slow socket. */
  readonly heldPerSlowSocket: number
  /** The most that the gateway said it kept for them, once for all and in their streams, in kB. */
  readonly queuedPerSlowSocket: number
  readonly conflated: number
  /** Close frames that the sockets got, by code, and connections that ended without one. */
  readonly closings: Counts
  readonly broken: number
  /** Sockets that the gateway ended, by its own count: those that took nothing for too long, and the dead. */
  readonly ended: { readonly slow: number; readonly dead: number }
  /** Sockets without the present at the end of the quiet time after reading began again, and how long that took. */
  readonly stale: number
  readonly recovered: number
  readonly back: number
}

const SOCKETS = 2_000
const DEPARTURES = 200
const SLOW_EVERY = 100
const LATE = 60_000

// 250 kB a second to each socket: the kernel takes 4 MB for one that does not read, which is full after a quarter of a
// minute, and only then does the server have to keep something. It gives one up that took nothing for 30 s.
const LOAD = { perSecond: 480, burst: 48 }
const READING = 40
const UNREAD = 75

// When the slow are long behind, and not yet given up.
const HELD_AT = 30

/** One in a hundred sockets stops reading for a minute: what becomes of the others, of memory, and of the slow. */
export async function measureSlow(options: PushOptions): Promise<readonly SlowRun[]> {
  const runs: SlowRun[] = []
  for (let repeat = 1; repeat <= options.repeats; repeat += 1) {
    const run = await measureOne(options.sockets[0] ?? SOCKETS, options.seconds)
    runs.push(run)
    console.log(`run ${repeat}/${options.repeats} ${JSON.stringify(run)}`)
  }
  return runs
}

async function measureOne(sockets: number, seconds: number): Promise<SlowRun> {
  const source = createSource(DEPARTURES)
  await using peer = await startFlightline(source)
  const { protocol, path, ports } = peer
  await using fleet = await openFleet({
    ...{ protocol, path, ports, sockets, departures: DEPARTURES, idSuffix: source.idSuffix },
    ...{ slowEvery: SLOW_EVERY, reconnects: true },
  })
  await fleet.ready()
  await publishSteadily({ peer, source, ...LOAD, seconds })
  await untilPresent(fleet, source, LATE)
  // The same with everybody reading, and long enough that memory has grown to what the load takes.
  const before = await observe({ peer, fleet, source }, READING)
  await fleet.tell('pause')
  const during = await observe({ peer, fleet, source }, UNREAD)
  const slow = Math.ceil(sockets / SLOW_EVERY)
  const startedAt = performance.now()
  await fleet.tell('resume')
  let after = await fleet.report(source.revisions())
  while (after.slowStale + after.stale > 0 && performance.now() - startedAt < LATE) {
    await sleep(50)
    after = await fleet.report(source.revisions())
  }
  return {
    ...{ sockets, slow },
    p99: { before: before.p99, during: during.p99 },
    memory: { before: before.memory, during: during.memory },
    heldPerSlowSocket: (during.held - before.held) / slow / 1024,
    queuedPerSlowSocket: during.queued / slow / 1024,
    conflated: await peer.conflated(),
    ...{ closings: after.closings, broken: after.failed },
    ended: { slow: await peer.closed('slow'), dead: await peer.closed('dead') },
    ...{ stale: after.slowStale + after.stale, recovered: performance.now() - startedAt, back: after.back },
  }
}

interface Running {
  readonly peer: Flightline
  readonly fleet: Fleet
  readonly source: Source
}

type Observation = Pick<Observed, 'memory' | 'queued'>

interface Observed {
  readonly p99: number
  /** Looking once a second: the largest resident memory in kB, the most queued bytes. */
  readonly memory: number
  readonly queued: number
  /** Bytes on the heap and beside it that were no garbage, half a minute in. */
  readonly held: number
}

async function observe({ peer, fleet, source }: Running, seconds: number): Promise<Observed> {
  await fleet.reset()
  const looks: Observation[] = []
  let isOver = false
  const look = async () => {
    while (!isOver) {
      looks.push({
        memory: readUsage(peer.pids).memory,
        queued: await peer.queuedBytes(),
      })
      await sleep(1_000)
    }
  }
  const looking = look()
  const holding = sleep(HELD_AT * 1_000).then(() => peer.heldBytes())
  await publishSteadily({ peer, source, ...LOAD, seconds })
  const report = await untilPresent(fleet, source, LATE)
  isOver = true
  await looking
  return {
    memory: Math.max(...looks.map(({ memory }) => memory)),
    queued: Math.max(...looks.map(({ queued }) => queued)),
    held: await holding,
    p99: percentileOf(report.delays, 0.99),
  }
}
