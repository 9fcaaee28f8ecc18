import { expect, test } from 'vitest'
import { drawAll } from './picture.ts'
import type { AllRun } from './scenarios/all.ts'
import type { KafkaRun } from './scenarios/kafka.ts'
import { type PushRuns, summarize, toMarkdown } from './tables.ts'

const none: PushRuns = { all: [], follow: [], slow: [], storm: [], poll: [], kafka: [] }

function run(peer: string, load: string, perCpuSecond: number): AllRun {
  return {
    ...{ peer, sockets: 10_000, load, changes: 100, deliveries: 1_000_000, missing: 1, stale: 0, back: 0 },
    ...{ perCpuSecond, rate: 10, cpu: { user: 1, system: 1, generator: 1 }, p50: 1, p99: 2 },
    ...{ messageBytes: 520, memoryPerSocket: 5 },
  }
}

const runs = ['paced', 'bursts', 'saturated'].flatMap((load) => [
  run('flightline', load, 200_000),
  run('flightline', load, 100_000),
  run('flightline', load, 400_000),
  run('bun', load, 50_000),
])

test('a table has medians with their spread, and sums what went wrong', () => {
  const { all = [], follow = [] } = summarize({ ...none, all: runs })
  expect(follow).toEqual([])
  expect(all).toHaveLength(2)
  expect(all[0]).toMatchObject({ server: 'flightline', '10 changes/s': '200 (100–400)', missing: 9, wrong: 0 })
  expect(all[1]).toMatchObject({ server: 'bun', saturated: '50 (50–50)' })
})

test('the table of Kafka says what came, what was taken in, and what was wrong', () => {
  const kafkaRun = (taken: number, stale: number): KafkaRun => ({
    ...{ sockets: { all: 200, few: 2_000 }, changes: 100_000, produced: 20_000, taken },
    ...{
      lag: { records: 900, milliseconds: 80 },
      cores: { gateway: 0.7, broker: 0.1, producer: 0.4, generators: 0.2 },
    },
    ...{ deliveries: 1_000_000, conflated: 0.75, settled: 300, stale, back: 0, memory: 409_600 },
    delay: { all: { p50: 100, p99: 200 }, few: { p50: 90, p99: 180 } },
  })
  const { kafka = [] } = summarize({ ...none, kafka: [kafkaRun(19_990, 0), kafkaRun(19_000, 2), kafkaRun(20_000, 0)] })
  expect(kafka).toMatchObject([
    { 'changes/s': '20000 (20000–20000)', 'taken in/s': '19990 (19000–20000)', 'conflated, %': '75 (75–75)', wrong: 2 },
  ])
  expect(kafka[0]?.['broker + producer']).toBe('0.5 (0.5–0.5)')
})

test('a table can be put into a page', () => {
  expect(toMarkdown([{ server: 'bun', cores: 2 }])).toBe('| server | cores |\n| --- | --- |\n| bun | 2 |')
})

test('the picture has a bar for each server and load, as long as its median', () => {
  const widths = [...drawAll(runs, 10_000).matchAll(/<rect x="\d+" y="\d+" width="(\d+)"/g)].map(([, width]) => width)
  expect(widths).toEqual(['210', '53', '210', '53', '210', '53'])
})
