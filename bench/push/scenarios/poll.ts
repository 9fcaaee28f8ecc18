import { type Counts, percentileOf } from '../lib/fleet.ts'
import { awaitLine, startHelper } from '../lib/helper-process.ts'
import { buildNative } from '../lib/native.ts'
import { readUsage } from '../lib/process-usage.ts'
import { createSource } from '../lib/source.ts'
import { publishSteadily } from '../lib/steady.ts'
import type { PushOptions } from '../options.ts'
import { startWholeBackend } from '../peers/flightline.ts'

/** One load in one run. */
export interface PollRun {
  readonly clients: number
  readonly changesPerSecond: number
  /** Answers per second. */
  readonly answers: number
  readonly statuses: Counts
  /** Processor seconds of the whole backend per second. */
  readonly cores: number
  /** Request → answer, in milliseconds. */
  readonly p50: number
  readonly p99: number
  readonly failed: number
}

const CLIENTS = 10_000
const DEPARTURES = 1_000

/** Clients that ask once a second, on the whole backend; without changes, and with one a second. */
export async function measurePoll(options: PushOptions): Promise<readonly PollRun[]> {
  const runs: PollRun[] = []
  for (let repeat = 1; repeat <= options.repeats; repeat += 1) {
    for (const changesPerSecond of [0, 1]) {
      const run = await measureOne(options.sockets[0] ?? CLIENTS, changesPerSecond, options.seconds)
      runs.push(run)
      console.log(`run ${repeat}/${options.repeats} ${JSON.stringify(run)}`)
    }
  }
  return runs
}

let network = 1

async function measureOne(clients: number, changesPerSecond: number, seconds: number): Promise<PollRun> {
  const source = createSource(DEPARTURES)
  await using peer = await startWholeBackend(source)
  network += 1
  const args = [peer.ports[0] ?? 0, clients, seconds, network].map(String)
  await using pollers = startHelper({ command: await buildNative('pollers'), args, mayEnd: true })
  const ended = awaitLine(pollers, (line) => line.startsWith('{"event":"end"'))
  await awaitLine(pollers, (line) => line.startsWith('{"event":"begin"'))
  const before = readUsage(peer.pids)
  if (changesPerSecond > 0) await publishSteadily({ peer, source, perSecond: changesPerSecond, seconds })
  const report = JSON.parse(await ended)
  const after = readUsage(peer.pids)
  return {
    ...{ clients, changesPerSecond, answers: report.messages / seconds, statuses: report.refusals },
    cores: (after.user + after.system - before.user - before.system) / seconds,
    p50: percentileOf(report.delays, 0.5),
    p99: percentileOf(report.delays, 0.99),
    failed: report.failed,
  }
}
