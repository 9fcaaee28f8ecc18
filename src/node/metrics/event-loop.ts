import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Gauge, type Registry } from 'prom-client'

// Milliseconds between two samples where turns cannot be measured one by one (Node before 24): each wakes the process, and
// is in what is shown.
const SAMPLE_EVERY = 100

/**
 * How long turns of the event loop took since somebody last asked, in seconds, by the names of prom-client's own figures,
 * which dashboards know, and instead of those. Each turn is measured as it ends, which costs nothing between them; the
 * timer of prom-client wakes the process a hundred times a second, a fifth of what a gateway with a thousand sockets does.
 */
export function watchEventLoop(registry: Registry): void {
  const turns = monitorEventLoopDelay({ samplePerIteration: true, resolution: SAMPLE_EVERY })
  turns.enable()
  const figures = {
    min: () => turns.min,
    max: () => turns.max,
    mean: () => turns.mean,
    stddev: () => turns.stddev,
    p50: () => turns.percentile(50),
    p90: () => turns.percentile(90),
    p99: () => turns.percentile(99),
  }
  const shown: { readonly gauge: Gauge; readonly read: () => number }[] = []
  /** Called by the first of them, which comes before the others. */
  const collect = () => {
    for (const { gauge, read } of shown) gauge.set(read() / 1e9)
    turns.reset()
  }
  for (const [figure, read] of Object.entries(figures)) {
    const name = `nodejs_eventloop_lag_${figure}_seconds`
    registry.removeSingleMetric(name)
    const help = `Turns of the event loop since the last scrape, ${figure}`
    const first = shown.length === 0 ? { collect } : {}
    shown.push({ gauge: new Gauge({ name, help, registers: [registry], ...first }), read })
  }
}
