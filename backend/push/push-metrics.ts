import type { Counter, Histogram } from 'prom-client'
import type { Metrics } from '../../src/node/metrics/create-metrics.ts'
import type { Backlog } from './backlog.ts'
import type { CloseReason } from './client.ts'
import type { LinkTotals } from './link.ts'

/** What the gateway counts. Figures of the hot path are plain numbers, read when somebody asks for the metrics. */
export interface PushMetrics {
  readonly closed: Counter<'reason'>
  readonly refused: Counter<'code'>
  /** Seconds from the acceptance of a change until it was written to the last of its sockets. */
  readonly delivery: Histogram
}

interface Counted {
  readonly totals: LinkTotals
  readonly backlog: Backlog
  readonly clients: ReadonlySet<unknown>
}

/** Registers the gateway's figures. */
export function createPushMetrics(metrics: Metrics, { totals, backlog, clients }: Counted): PushMetrics {
  metrics.gauge({ name: 'push_sockets', help: 'Open sockets' }, () => clients.size)
  metrics.gauge(
    { name: 'push_queued_bytes', help: 'Bytes that are kept for sockets that are behind, once for all of them' },
    () => totals.queuedBytes + backlog.bytes(),
  )
  metrics.counter({ name: 'push_frames_total', help: 'Frames written to sockets' }, () => totals.sent)
  metrics.counter(
    {
      name: 'push_conflated_total',
      help: 'Frames that a socket never got, because a newer one of the same departure told more',
    },
    () => totals.conflated,
  )
  return {
    closed: metrics.counter({ name: 'push_closed_total', help: 'Sockets that ended, by reason', labels: ['reason'] }),
    refused: metrics.counter({
      name: 'push_refused_total',
      help: 'Handshakes that were refused, by error code',
      labels: ['code'],
    }),
    delivery: metrics.histogram({
      name: 'push_delivery_seconds',
      help: 'From the acceptance of a change until it was written to the last of its sockets',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
    }),
  }
}

/** Counts an ended socket. */
export function countClosed({ closed }: PushMetrics, reason: CloseReason): void {
  closed.inc({ reason })
}
