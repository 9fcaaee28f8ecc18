import type { Counter, Histogram } from 'prom-client'
import { createMetrics, type Metrics } from '../../src/node/metrics/create-metrics.ts'

/** What the relay counts. */
export interface RelayMetrics {
  readonly published: Counter<'topic'>
  readonly external: Counter<'outcome'>
  /** Seconds from acceptance to the log. */
  readonly delay: Histogram
}

/** Registers the relay's figures; where nobody asks for any they are counted for nobody. */
export function createRelayMetrics(metrics: Metrics = createMetrics({ ofProcess: false })): RelayMetrics {
  return {
    published: metrics.counter({
      name: 'relay_published_total',
      help: 'Events that the relay put on the log',
      labels: ['topic'],
    }),
    external: metrics.counter({
      name: 'relay_external_edits_total',
      help: 'Edits that others made in the store beside us, by what became of them',
      labels: ['outcome'],
    }),
    delay: metrics.histogram({
      name: 'relay_delay_seconds',
      help: 'From the acceptance of a change to the log',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 120],
    }),
  }
}
