import type { Counter, Histogram } from 'prom-client'
import type { Metrics } from '../../src/node/metrics/create-metrics.ts'
import type { Backlog } from './backlog.ts'
import type { CloseReason } from './client.ts'
import type { Link, LinkTotals } from './link.ts'

/** What the gateway counts. Figures of the hot path are plain numbers, read when somebody asks for the metrics. */
export interface PushMetrics {
  readonly closed: Counter<'reason'>
  readonly refused: Counter<'code'>
  /** Seconds from the acceptance of a change until it was written to the last of its sockets. */
  readonly delivery: Histogram
}

interface Counted {
  readonly totals: LinkTotals
  readonly backlog: Backlog<Link>
  readonly clients: ReadonlySet<unknown>
}

/** Registers the gateway's figures. */
export function createPushMetrics(metrics: Metrics, { totals, backlog, clients }: Counted): PushMetrics {
  metrics.gauge({ name: 'push_sockets', help: 'Open sockets' }, () => clients.size)
  metrics.gauge(
    { name: 'push_queued_bytes', help: 'Bytes that are kept for sockets that are behind, once for all of them' },
    () => totals.queuedBytes + backlog.bytes(),
  )
  metrics.gauge({ name: 'push_stream_bytes', help: 'Bytes that wait in the streams of sockets that are behind' }, () =>
    [...backlog.readers].reduce((sum, { transport }) => sum + transport.writableLength, 0),
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

/** What the gateway knows of itself at any moment. */
export interface PushState {
  followingAll(): number
  flights(): number
  behind(): number
  handshakes(): number
  /** Milliseconds. */
  lateness(): number
}

/** Registers what is asked for when somebody looks. */
export function watchPushState(metrics: Metrics, state: PushState): void {
  metrics.gauge({ name: 'push_following_all', help: 'Sockets that follow every flight' }, state.followingAll)
  metrics.gauge({ name: 'push_flights', help: 'Flights that somebody chose to follow' }, state.flights)
  metrics.gauge({ name: 'push_sockets_behind', help: 'Sockets that have not taken all they were sent' }, state.behind)
  metrics.gauge({ name: 'push_handshakes_waiting', help: 'Handshakes that wait for their turn' }, state.handshakes)
  metrics.gauge(
    { name: 'push_lateness_seconds', help: 'By how much turns of the event loop are late, in the last half second' },
    () => state.lateness() / 1000,
  )
}

/** Counts an ended socket. */
export function countClosed({ closed }: PushMetrics, reason: CloseReason): void {
  closed.inc({ reason })
}
