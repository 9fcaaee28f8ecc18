import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { CloseReason } from './client.ts'
import type { LinkTotals } from './link.ts'

/** What the gateway counts. Figures of the hot path are plain numbers, read when somebody asks for the metrics. */
export interface PushMetrics {
  readonly closed: Counter<'reason'>
  readonly refused: Counter<'code'>
  /** Seconds from the acceptance of a change until it was written to the last of its sockets. */
  readonly delivery: Histogram
}

/** Registers the gateway's metrics; without a registry they are counted for nobody. */
export function createPushMetrics(
  registry: Registry | undefined,
  totals: LinkTotals,
  sockets: () => number,
): PushMetrics {
  const registers = registry ? [registry] : []
  registerTotals(registers, totals, sockets)
  return {
    closed: new Counter({
      name: 'flightline_push_closed_total',
      help: 'Sockets that ended, by reason',
      labelNames: ['reason'],
      registers,
    }),
    refused: new Counter({
      name: 'flightline_push_refused_total',
      help: 'Handshakes that were refused, by error code',
      labelNames: ['code'],
      registers,
    }),
    delivery: new Histogram({
      name: 'flightline_push_delivery_seconds',
      help: 'From the acceptance of a change until it was written to the last of its sockets',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
      registers,
    }),
  }
}

/** Counts an ended socket. */
export function countClosed({ closed }: PushMetrics, reason: CloseReason): void {
  closed.inc({ reason })
}

function registerTotals(registers: Registry[], totals: LinkTotals, sockets: () => number): void {
  const gauges = [
    ['flightline_push_sockets', 'Open sockets', sockets],
    ['flightline_push_queued_bytes', 'Bytes that wait for sockets that are behind', () => totals.queuedBytes],
  ] as const
  for (const [name, help, read] of gauges) {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  }
  const counters = [
    ['flightline_push_frames_total', 'Frames written to sockets', () => totals.sent],
    ['flightline_push_conflated_total', 'Frames replaced by a newer one while they waited', () => totals.conflated],
  ] as const
  for (const [name, help, read] of counters) {
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset()
        this.inc(read())
      },
    })
  }
}
