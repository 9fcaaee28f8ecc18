import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createMetrics, type MetricLabel } from './create-metrics.ts'

describe('metrics', () => {
  test('hold the figures of the process, event loop lag among them', async () => {
    const text = await createMetrics().registry.metrics()
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds')
    expect(text).toContain('process_resident_memory_bytes')
  })

  test('tell of the longest turn of the event loop since somebody last asked', async () => {
    const { registry } = createMetrics()
    const longest = async () => {
      const text = await registry.metrics()
      return Number(/^nodejs_eventloop_lag_max_seconds (\S+)$/m.exec(text)?.[1])
    }
    await setTimeout(10)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600)
    await setTimeout(10)
    expect(await longest()).toBeGreaterThan(0.5)
    await setTimeout(10)
    expect(await longest()).toBeLessThan(0.5)
  })

  test('two sets do not know of each other', async () => {
    const [one, other] = [createMetrics(), createMetrics()]
    one.counter({ name: 'sent_total', help: 'Sent.' }).inc()
    expect(await other.registry.metrics()).not.toContain('flightline_sent_total')
  })

  test('a counter counts by label', async () => {
    const metrics = createMetrics()
    const sent = metrics.counter({ name: 'sent_total', help: 'Sent.', labels: ['channel', 'state'] })
    sent.inc({ channel: 'email', state: 'sent' })
    sent.inc({ channel: 'email', state: 'sent' }, 2)
    expect(await metrics.registry.metrics()).toContain('flightline_sent_total{channel="email",state="sent"} 3')
  })

  test('a counter may be asked for its count when somebody looks', async () => {
    const metrics = createMetrics({ ofProcess: false })
    let frames = 0
    metrics.counter({ name: 'frames_total', help: 'Frames.' }, () => frames)
    frames = 7
    expect(await metrics.registry.metrics()).toContain('flightline_frames_total 7')
    frames = 9
    expect(await metrics.registry.metrics()).toContain('flightline_frames_total 9')
    expect(await metrics.registry.metrics()).not.toContain('nodejs_')
  })

  test('a histogram has buckets for latencies unless given others', async () => {
    const metrics = createMetrics()
    metrics.histogram({ name: 'push_seconds', help: 'Push.' }).observe(0.02)
    metrics.histogram({ name: 'rows', help: 'Rows.', buckets: [10, 100] }).observe(50)
    const text = await metrics.registry.metrics()
    expect(text).toContain('flightline_push_seconds_bucket{le="0.01"} 0')
    expect(text).toContain('flightline_push_seconds_bucket{le="0.025"} 1')
    expect(text).toContain('flightline_rows_bucket{le="100"} 1')
  })

  test('a gauge may be set, or asked when somebody looks', async () => {
    const metrics = createMetrics()
    metrics.gauge({ name: 'sockets', help: 'Sockets.' }).set(3)
    let lag = 0
    metrics.gauge({ name: 'lag', help: 'Lag.' }, async () => ++lag)
    expect(await metrics.registry.metrics()).toContain('flightline_sockets 3')
    expect(await metrics.registry.metrics()).toContain('flightline_lag 2')
  })

  test('a gauge that cannot be read leaves the others readable', async () => {
    const metrics = createMetrics()
    metrics.gauge({ name: 'lag', help: 'Lag.' }, () => Promise.reject(new Error('no broker')))
    metrics.gauge({ name: 'age', help: 'Age.' }, () => {
      throw new Error('no store')
    })
    metrics.gauge({ name: 'sockets', help: 'Sockets.' }).set(3)
    const text = await metrics.registry.metrics()
    expect(text).toContain('flightline_lag Nan')
    expect(text).toContain('flightline_age Nan')
    expect(text).toContain('flightline_sockets 3')
  })

  test('some figures are read without asking the others, and those that are not there are left out', async () => {
    const metrics = createMetrics({ ofProcess: false })
    metrics.gauge({ name: 'sockets', help: 'Sockets.' }, () => 3)
    let asked = 0
    metrics.gauge({ name: 'lag', help: 'Lag.' }, () => ++asked)
    const figures = await metrics.some(['flightline_sockets', 'flightline_unknown'])
    expect(figures).toMatchObject([{ name: 'flightline_sockets', values: [{ value: 3, labels: {} }] }])
    expect(asked).toBe(0)
  })

  test('a label that could tell of a person is refused', () => {
    const labels: MetricLabel[] = JSON.parse('["email"]')
    expect(() => createMetrics().counter({ name: 'sent_total', help: 'Sent.', labels })).toThrow('no such label: email')
  })
})
