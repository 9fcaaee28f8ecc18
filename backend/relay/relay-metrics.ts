import { Counter, Histogram, type Registry } from 'prom-client'

/** What the relay counts. */
export interface RelayMetrics {
  readonly published: Counter<'topic'>
  readonly external: Counter<'outcome'>
  /** Seconds from acceptance to the log. */
  readonly delay: Histogram
}

/** Registers the relay's metrics; without a registry they are counted for nobody. */
export function createRelayMetrics(registry: Registry | undefined): RelayMetrics {
  const registers = registry ? [registry] : []
  return {
    published: new Counter({
      name: 'flightline_relay_published_total',
      help: 'Events that the relay put on the log',
      labelNames: ['topic'],
      registers,
    }),
    external: new Counter({
      name: 'flightline_relay_external_edits_total',
      help: 'Edits that others made in the store beside us, by what became of them',
      labelNames: ['outcome'],
      registers,
    }),
    delay: new Histogram({
      name: 'flightline_relay_delay_seconds',
      help: 'From the acceptance of a change to the log',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 120],
      registers,
    }),
  }
}
