import { expect, test } from 'vitest'
import { createMetrics } from './create-metrics.ts'
import { figuresSchema, mergeMetrics } from './merge-metrics.ts'

/** Figures as they arrive from another process. */
async function figuresOf(sockets: number) {
  const metrics = createMetrics()
  metrics.gauge({ name: 'push_sockets', help: 'Open sockets' }, () => sockets)
  metrics.gauge({ name: 'lost', help: 'Cannot be had' }, () => Promise.reject(new Error('away')))
  metrics.counter({ name: 'closed_total', help: 'Ended', labels: ['reason'] }).inc({ reason: 'slow' }, sockets)
  metrics.histogram({ name: 'delivery_seconds', help: 'How long', buckets: [1, 2] }).observe(1.5)
  return figuresSchema.parse(structuredClone(await metrics.registry.getMetricsAsJSON()))
}

test('figures of several processes stand side by side, each with its process, none added up, none left out', async () => {
  const [one, two] = [await figuresOf(3), await figuresOf(4)]
  const page = await mergeMetrics([
    { worker: '1', figures: one },
    { worker: '2', figures: two },
  ])
  const lines = page.split('\n')
  expect(lines).toEqual(expect.arrayContaining(['# TYPE flightline_push_sockets gauge']))
  expect(lines.filter((line) => line.startsWith('flightline_push_sockets'))).toEqual([
    'flightline_push_sockets{worker="1"} 3',
    'flightline_push_sockets{worker="2"} 4',
  ])
  expect(lines).toContain('flightline_closed_total{reason="slow",worker="2"} 4')
  expect(lines).toContain('flightline_lost{worker="1"} Nan')
  expect(lines).toContain('flightline_delivery_seconds_bucket{le="2",worker="1"} 1')
  expect(lines).toContain('flightline_delivery_seconds_bucket{le="+Inf",worker="2"} 1')
  expect(lines.filter((line) => line.startsWith('flightline_delivery_seconds_count'))).toHaveLength(2)
  for (const name of ['process_start_time_seconds', 'process_resident_memory_bytes', 'nodejs_version_info']) {
    expect(lines.filter((line) => line.startsWith(`${name}{`))).toHaveLength(2)
  }
  expect(lines.filter((line) => line === '# TYPE flightline_push_sockets gauge')).toHaveLength(1)
})
