import { setTimeout as sleep } from 'node:timers/promises'
import type { Peer } from '../peers/peer.ts'
import type { Fleet, FleetReport } from './fleet.ts'
import type { Change, Source } from './source.ts'

/** Changes at an even pace, whatever the server makes of it. */
export interface SteadyLoad {
  readonly peer: Pick<Peer, 'publish'>
  readonly source: Source
  readonly perSecond: number
  /** Changes at once. */
  readonly burst?: number
  readonly seconds: number
}

/** Publishes; waits for nothing but the time. @returns how many changes of each departure that were, by its number */
export async function publishSteadily({ peer, source, perSecond, burst = 1, seconds }: SteadyLoad): Promise<number[]> {
  const counts = new Array<number>(source.departures.length + 1).fill(0)
  const startedAt = performance.now()
  for (let made = 0; made < perSecond * seconds; made += burst) {
    const wait = startedAt + (made * 1000) / perSecond - performance.now()
    if (wait > 0) await sleep(wait)
    const changes: readonly Change[] = source.next(burst)
    await peer.publish(changes)
    for (const { departure } of changes) counts[departure] = (counts[departure] ?? 0) + 1
  }
  return counts
}

/** Waits until all sockets that read have the source's state, at most so many milliseconds. */
export async function untilPresent(
  fleet: Fleet,
  source: Pick<Source, 'revisions'>,
  milliseconds: number,
): Promise<FleetReport> {
  const end = performance.now() + milliseconds
  for (;;) {
    const report = await fleet.report(source.revisions())
    if (report.stale === 0 || performance.now() > end) return report
    await sleep(100)
  }
}
