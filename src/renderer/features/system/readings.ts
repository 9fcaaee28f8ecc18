import type { Latency, PushFigures, SystemProcess, SystemSnapshot } from '../../../shared/api/system-schemas.ts'
import { MINUTE } from '../../../shared/domain/instant.ts'

/** A figure over time, oldest first. */
export interface Point {
  /** Wall clock of the backend. */
  readonly at: number
  readonly value: number
}

/** What happened in a stretch of time: differences of counters that only rise while a process lives. */
export interface Stretch {
  /** Milliseconds; zero while there are no two readings to compare. */
  readonly span: number
  readonly frames: number
  readonly conflated: number
  readonly closed: Readonly<Record<string, number>>
  readonly refused: Readonly<Record<string, number>>
  readonly delivery: Latency
}

const KEPT_FOR = 5 * MINUTE

// A reading that came a little late still belongs to the minute.
const LATE = 3_000

/** Adds a reading, and forgets those that are of no interest any more. */
export function addReading(readings: readonly SystemSnapshot[], next: SystemSnapshot): readonly SystemSnapshot[] {
  // Who looks at the same moment as somebody else gets the same reading. After a clock was set back all begins anew.
  return [...readings.filter(({ at }) => at < next.at && at >= next.at - KEPT_FOR), next]
}

/** A figure of all gateways at each reading. */
export function levels(readings: readonly SystemSnapshot[], pick: (push: PushFigures) => number): readonly Point[] {
  return readings.map(({ at, processes }) => ({ at, value: sum(gateways(processes).map(({ push }) => pick(push))) }))
}

/** How much a counter of all gateways rose per second, between each two readings. */
export function rates(readings: readonly SystemSnapshot[], pick: (push: PushFigures) => number): readonly Point[] {
  return pairsOf(readings).map(([before, after]) => ({
    at: after.at,
    value: (sum(risesOf(before, after).map((rise) => riseOf(rise, pick))) / (after.at - before.at)) * 1000,
  }))
}

/** How much a counter of one process rises per second, by the last two readings. */
export function rateOf(
  readings: readonly SystemSnapshot[],
  name: string,
  pick: (push: PushFigures) => number,
): number | undefined {
  const pair = pairsOf(readings).at(-1)
  const rise = pair && risesOf(...pair).find(({ after }) => after.name === name)
  return rise && (riseOf(rise, pick) / (pair[1].at - pair[0].at)) * 1000
}

/** What happened in the last minute, as far back as there are readings. */
export function lastMinute(readings: readonly SystemSnapshot[]): Stretch {
  const last = readings.at(-1)
  const from = (last?.at ?? 0) - MINUTE - LATE
  const pairs = pairsOf(readings).filter(([before]) => before.at >= from)
  const rises = pairs.flatMap(([before, after]) => risesOf(before, after))
  return { ...total(rises), span: sum(pairs.map(([before, after]) => after.at - before.at)) }
}

/** What happened since the processes began that run now. */
export function sinceStart({ processes }: SystemSnapshot): Omit<Stretch, 'span'> {
  return total(gateways(processes).map((after) => ({ before: undefined, after })))
}

/** A process that has a gateway. */
type GatewayProcess = SystemProcess & { readonly push: PushFigures }

/** The processes that have a gateway. */
function gateways(processes: readonly SystemProcess[]): readonly GatewayProcess[] {
  return processes.flatMap((process) => (process.push ? [{ ...process, push: process.push }] : []))
}

/** The same process at two readings; `before` is absent where it has begun since. */
interface Rise {
  readonly before: PushFigures | undefined
  readonly after: GatewayProcess
}

function risesOf(before: SystemSnapshot, after: SystemSnapshot): readonly Rise[] {
  const earlier = gateways(before.processes)
  return gateways(after.processes).flatMap((process): readonly Rise[] => {
    const same = earlier.find(({ name, startedAt }) => name === process.name && startedAt === process.startedAt)
    if (same) return [{ before: same.push, after: process }]
    // One that gave no answer the last time tells of more than of the time since.
    return process.startedAt >= before.at - 1000 ? [{ before: undefined, after: process }] : []
  })
}

function riseOf({ before, after }: Rise, pick: (push: PushFigures) => number): number {
  return Math.max(0, pick(after.push) - (before ? pick(before) : 0))
}

function total(rises: readonly Rise[]): Omit<Stretch, 'span'> {
  const of = (pick: (push: PushFigures) => number) => sum(rises.map((rise) => riseOf(rise, pick)))
  const bounds = rises.at(-1)?.after.push.delivery.buckets.map(({ upTo }) => upTo) ?? []
  return {
    frames: of(({ frames }) => frames),
    conflated: of(({ conflated }) => conflated),
    closed: byName(rises, ({ closed }) => closed),
    refused: byName(rises, ({ refused }) => refused),
    delivery: {
      buckets: bounds.map((upTo, at) => ({ upTo, count: of(({ delivery }) => delivery.buckets[at]?.count ?? 0) })),
      sum: of(({ delivery }) => delivery.sum),
    },
  }
}

function byName(rises: readonly Rise[], pick: (push: PushFigures) => Readonly<Record<string, number>>) {
  const names = new Set(rises.flatMap(({ after }) => Object.keys(pick(after.push))))
  return Object.fromEntries(
    [...names].map((name) => [name, sum(rises.map((rise) => riseOf(rise, (push) => pick(push)[name] ?? 0)))]),
  )
}

function pairsOf(readings: readonly SystemSnapshot[]): readonly (readonly [SystemSnapshot, SystemSnapshot])[] {
  return readings.slice(1).flatMap((after, at) => {
    const before = readings[at]
    return before ? [[before, after] as const] : []
  })
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}
