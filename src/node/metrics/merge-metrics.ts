import { AggregatorRegistry, Registry } from 'prom-client'
import { z } from 'zod'

// Not zod's own numbers: a figure that cannot be had is NaN, and bounds may be infinite.
const number = z.custom<number>((value) => typeof value === 'number')

const figureSchema = z.looseObject({
  name: z.string(),
  aggregator: z.string().optional(),
  values: z.array(
    z.looseObject({
      value: number,
      labels: z.record(z.string(), z.union([z.string(), number])),
      /** Of a histogram: its name with `_bucket`, `_sum` or `_count`. */
      metricName: z.string().optional(),
    }),
  ),
})

/** What a process tells of its figures, as its registry gives them as JSON. */
export const figuresSchema = z.array(figureSchema)

/** Figures as data. */
export type Figures = z.output<typeof figuresSchema>

/** All figures of one process, or some of them. */
export interface ProcessFigures {
  /** Value of the label `worker`, by which the same figure of two processes is told apart. */
  readonly worker: string
  readonly figures: Figures
}

/** The page that Prometheus reads, of several processes. Sums are left to who reads it: `sum without (worker) (…)`. */
export function mergeMetrics(processes: readonly ProcessFigures[]): Promise<string> {
  const labelled = processes.map(({ worker, figures }) => figures.map((figure) => labelFigure(figure, worker)))
  return AggregatorRegistry.aggregate(labelled).metrics()
}

/** The type of {@link mergeMetrics}' page. */
export const metricsContentType = Registry.PROMETHEUS_CONTENT_TYPE

function labelFigure(figure: Figures[number], worker: string): object {
  const values = figure.values.map((value) => ({ ...value, labels: { ...value.labels, worker } }))
  // Told apart by their label no two are added up; this only keeps those that are else left out of sums.
  return { ...figure, aggregator: 'sum', values }
}
