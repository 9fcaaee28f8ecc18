import { setTimeout as sleep } from 'node:timers/promises'
import type { Peer } from '../peers/peer.ts'
import type { Fleet } from './fleet.ts'
import type { Source } from './source.ts'

/** How changes come. */
export interface Load {
  readonly name: string
  /** Changes at once. */
  readonly burst: number
  /** Milliseconds between two bursts, or as much longer as the server needs. */
  readonly every: number
  /** Most changes that are under way, i.e. not yet on all sockets. */
  readonly window: number
}

interface Running {
  readonly load: Load
  readonly peer: Pick<Peer, 'publish'>
  readonly fleet: Fleet
  readonly source: Source
  readonly sockets: number
}

// A server that stands still is an error, not a slow one.
const STUCK = 60_000

/**
 * Publishes for so many milliseconds and waits until all is received.
 * @returns how many changes that were
 */
export async function publishFor(running: Running, milliseconds: number): Promise<number> {
  const { load, fleet, source, peer, sockets } = running
  await fleet.tell('watch 1')
  const before = fleet.progress()
  const startedAt = performance.now()
  let published = 0
  const underWay = () => published - (fleet.progress() - before) / sockets
  for (let turn = 0; performance.now() - startedAt < milliseconds; turn += 1) {
    await untilFree(fleet, () => underWay() + load.burst <= load.window)
    // A server that is too slow for the pace gets no burst afterwards for what it missed.
    const wait = startedAt + turn * load.every - performance.now()
    if (wait > 0) await sleep(wait)
    await onTheMillisecond(load)
    await peer.publish(source.next(load.burst))
    published += load.burst
  }
  await untilFree(fleet, () => underWay() <= 0)
  await fleet.tell('watch 0')
  return published
}

/** Messages carry whole milliseconds: a change that is accepted just after one began has its delay measured to 0.1 ms. */
async function onTheMillisecond({ every }: Load): Promise<void> {
  if (every < 50) return
  const now = Date.now()
  while (Date.now() === now);
}

async function untilFree(fleet: Fleet, isFree: () => boolean): Promise<void> {
  if (isFree()) return
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const timer = setTimeout(() => reject(new Error('the server delivers nothing any more')), STUCK)
  fleet.onProgress(() => {
    if (isFree()) resolve()
  })
  await promise.finally(() => {
    clearTimeout(timer)
    fleet.onProgress(undefined)
  })
}
