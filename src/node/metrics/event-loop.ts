import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Gauge, type Registry } from 'prom-client'

// Milliseconds between two samples where turns cannot be measured one by one (Node before 24): each wakes the process.
const SAMPLE_EVERY = 100

/**
 * How long turns of the event loop take, in seconds, since somebody last asked. Each turn is measured as it ends, which
 * costs nothing between them; the timer of prom-client's own figures wakes the process a hundred times a second, a fifth of
 * what a gateway with a thousand sockets does, and has its interval in what it shows.
 */
export function watchEventLoop(registry: Registry): void {
  const turns = monitorEventLoopDelay({ samplePerIteration: true, resolution: SAMPLE_EVERY })
  turns.enable()
  new Gauge({
    name: 'flightline_event_loop_turn_seconds',
    help: 'How long turns of the event loop took since the last scrape; quantile 1 is the longest',
    labelNames: ['quantile'],
    registers: [registry],
    collect() {
      for (const quantile of [0.5, 0.99, 1]) this.set({ quantile }, turns.percentile(quantile * 100) / 1e9)
      turns.reset()
    },
  })
}
