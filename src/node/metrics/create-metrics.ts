import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { HOUR } from '../../shared/domain/instant.ts'
import { watchEventLoop } from './event-loop.ts'
import { type Figures, figuresSchema } from './merge-metrics.ts'

/**
 * The only label names there are: each has few values and none of them tells of a person. A departure, an address or
 * a user is never a label.
 */
const metricLabels = [
  'channel',
  'code',
  'group',
  'kind',
  'method',
  'mode',
  'outcome',
  'part',
  'partition',
  'reason',
  'route',
  'state',
  'status',
  'topic',
  'worker',
] as const

/** A member of {@link metricLabels}. */
export type MetricLabel = (typeof metricLabels)[number]

/** What a metric is called and told apart by. */
interface MetricSpec<Label extends MetricLabel> {
  /** Without the prefix `flightline_`; ends with its unit, `_total` for counters. */
  readonly name: string
  readonly help: string
  readonly labels?: readonly Label[]
}

interface HistogramSpec<Label extends MetricLabel> extends MetricSpec<Label> {
  /** Upper bounds; {@link latencyBuckets} unless given. */
  readonly buckets?: readonly number[]
}

/** Seconds, from a millisecond to ten seconds. */
const latencyBuckets: readonly number[] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10]

/** The figures of one process. */
export interface Metrics {
  /** What `GET /metrics` shows. */
  readonly registry: Registry
  /** Some of the figures, by their full names; those that there are. No other is asked. */
  some(names: readonly string[]): Promise<Figures>
  /** `read` is asked at each scrape for the count so far, where given. */
  counter<Label extends MetricLabel = never>(spec: MetricSpec<Label>, read?: () => number): Counter<Label>
  /** `read` is asked at each scrape, where given. */
  gauge<Label extends MetricLabel = never>(spec: MetricSpec<Label>, read?: () => number | Promise<number>): Gauge<Label>
  histogram<Label extends MetricLabel = never>(spec: HistogramSpec<Label>): Histogram<Label>
}

/**
 * A registry of its own.
 * @param ofProcess - whether it has the usual figures of a Node process (memory, CPU, turns of the event loop, handles)
 */
export function createMetrics({ ofProcess }: { readonly ofProcess: boolean } = { ofProcess: true }): Metrics {
  const registry = new Registry()
  if (ofProcess) collectFiguresOfProcess(registry)
  return {
    registry,
    some: (names) => readSome(registry, names),
    counter: (spec, read) => createCounter(registry, spec, read),
    gauge: (spec, read) => createGauge(registry, spec, read),
    histogram: (spec) => {
      return new Histogram({ ...common(registry, spec), buckets: [...(spec.buckets ?? latencyBuckets)] })
    },
  }
}

function collectFiguresOfProcess(registry: Registry): void {
  // Its own measure of the event loop cannot be left out: it may sleep, and is replaced.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: HOUR })
  watchEventLoop(registry)
}

async function readSome(registry: Registry, names: readonly string[]): Promise<Figures> {
  const found = names.flatMap((name) => registry.getSingleMetric(name) ?? [])
  return figuresSchema.parse(await Promise.all(found.map((metric) => metric.get())))
}

function createCounter<Label extends MetricLabel>(
  registry: Registry,
  spec: MetricSpec<Label>,
  read: (() => number) | undefined,
): Counter<Label> {
  if (!read) return new Counter(common(registry, spec))
  return new Counter({
    ...common(registry, spec),
    collect() {
      this.reset()
      this.inc(read())
    },
  })
}

function createGauge<Label extends MetricLabel>(
  registry: Registry,
  spec: MetricSpec<Label>,
  read: (() => number | Promise<number>) | undefined,
): Gauge<Label> {
  if (!read) return new Gauge(common(registry, spec))
  const gauge: Gauge<Label> = new Gauge({
    ...common(registry, spec),
    // A figure that cannot be had now must not take the others with it.
    collect: async () =>
      gauge.set(
        await Promise.resolve()
          .then(read)
          .catch(() => Number.NaN),
      ),
  })
  return gauge
}

function common<Label extends MetricLabel>(registry: Registry, { name, help, labels = [] }: MetricSpec<Label>) {
  const unknown = labels.filter((label) => !metricLabels.includes(label))
  if (unknown.length > 0) throw new Error(`metric ${name}: no such label: ${unknown.join(', ')}`)
  return { name: `flightline_${name}`, help, labelNames: [...labels], registers: [registry] }
}
