import type { ProcessFigures } from '../../src/node/metrics/merge-metrics.ts'
import type { Latency, PushFigures, SystemProcess } from '../../src/shared/api/system-schemas.ts'

const push = (name: string) => `flightline_push_${name}`

const STARTED = 'process_start_time_seconds'
const MEMORY = 'process_resident_memory_bytes'
const SOCKETS = push('sockets')

/**
 * The figures of a process that the console shows. Not all there are: some of the usual ones of Node hold what was since
 * anybody last looked, and Prometheus would see only what was since an operator's page did.
 */
export const systemFigures: readonly string[] = [
  ...[STARTED, MEMORY, SOCKETS],
  ...['following_all', 'flights', 'sockets_behind', 'queued_bytes', 'handshakes_waiting', 'lateness_seconds'].map(push),
  ...['frames_total', 'conflated_total', 'closed_total', 'refused_total', 'delivery_seconds'].map(push),
]

type Value = ProcessFigures['figures'][number]['values'][number]

/** What a process is doing, from its figures. */
export function toSystemProcess({ worker, figures }: ProcessFigures): SystemProcess {
  const byName = new Map(figures.map(({ name, values }) => [name, values]))
  const valuesOf = (name: string) => byName.get(name) ?? []
  const figure = (name: string) => toCount(valuesOf(name)[0])
  return {
    name: worker,
    startedAt: figure(STARTED) * 1000,
    memory: figure(MEMORY),
    ...(byName.has(SOCKETS) && { push: toPush(valuesOf) }),
  }
}

function toPush(valuesOf: (name: string) => readonly Value[]): PushFigures {
  const figure = (name: string) => toCount(valuesOf(push(name))[0])
  return {
    sockets: figure('sockets'),
    followingAll: figure('following_all'),
    flights: figure('flights'),
    behind: figure('sockets_behind'),
    queuedBytes: figure('queued_bytes'),
    handshakes: figure('handshakes_waiting'),
    eventLoopLag: finite(valuesOf(push('lateness_seconds'))[0]) * 1000,
    frames: figure('frames_total'),
    conflated: figure('conflated_total'),
    closed: byLabel(valuesOf(push('closed_total')), 'reason'),
    refused: byLabel(valuesOf(push('refused_total')), 'code'),
    delivery: toLatency(valuesOf(push('delivery_seconds')), push('delivery_seconds')),
  }
}

/** A figure that cannot be had is none. */
function finite(value: Value | undefined): number {
  return value && Number.isFinite(value.value) ? Math.max(0, value.value) : 0
}

function toCount(value: Value | undefined): number {
  return Math.round(finite(value))
}

function byLabel(values: readonly Value[], label: string): Record<string, number> {
  return Object.fromEntries(values.map((value) => [String(value.labels[label]), toCount(value)]))
}

/** Prometheus' buckets hold what is below them, too. */
function toLatency(values: readonly Value[], name: string): Latency {
  let below = 0
  const buckets = values
    .filter(({ metricName }) => metricName === `${name}_bucket`)
    .map((value) => {
      const { le } = value.labels
      const count = toCount(value) - below
      below += count
      return { upTo: typeof le === 'number' ? le : null, count }
    })
  return { buckets, sum: finite(values.find(({ metricName }) => metricName === `${name}_sum`)) }
}
