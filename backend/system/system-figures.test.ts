import { describe, expect, test } from 'vitest'
import { createMetrics } from '../../src/node/metrics/create-metrics.ts'
import { figuresSchema } from '../../src/node/metrics/merge-metrics.ts'
import { systemSnapshotSchema } from '../../src/shared/api/system-schemas.ts'
import { eventually } from '../../src/testing/fixtures/eventually.ts'
import { type PushWorld, startPushWorld } from '../../src/testing/push/push-world.ts'
import { systemFigures, toSystemProcess } from './system-figures.ts'

const ID = 'B6739-2026-11-20-JFK'
const { processes } = systemSnapshotSchema.shape

/** The gateway of a world, by the figures that are asked for and no others. */
async function readGateway({ metrics }: PushWorld) {
  const figures = figuresSchema.parse(await metrics.getMetricsAsJSON())
  return toSystemProcess({ worker: 'backend', figures: figures.filter(({ name }) => systemFigures.includes(name)) })
}

describe('the figures of a gateway', () => {
  test('are those of its sockets, its frames and its deliveries', async () => {
    await using world = await startPushWorld()
    const client = await world.follow({ op: 'follow', all: true })
    await world.follow({ op: 'follow', flights: { [ID]: 1 } })
    await expect(world.connect({ headers: { origin: 'null' } })).rejects.toThrow('403')
    world.clock.advance(3)
    await world.edit(ID, { gate: 'C1' })
    await client.waitFor('departure')
    client.socket.close()
    await client.ended
    await eventually(async () => (await readGateway(world)).push?.sockets === 1)
    const process = await readGateway(world)
    expect(process).toMatchObject({
      name: 'backend',
      push: {
        ...{ sockets: 1, followingAll: 0, flights: 1, behind: 0, queuedBytes: 0, handshakes: 0 },
        ...{ frames: 6, conflated: 0, closed: { client: 1 }, refused: { FL_ORIGIN_FOREIGN: 1 } },
      },
    })
    expect(processes.parse([process])).toEqual([process])
  })

  test('have the latency of each delivery in one bucket', async () => {
    await using world = await startPushWorld()
    const client = await world.follow({ op: 'follow', all: true })
    for (const [gate, wait] of [
      ['C1', 3],
      ['C2', 90],
      ['C3', 60_000],
    ] as const) {
      world.clock.advance(wait)
      await world.edit(ID, { gate })
    }
    await client.waitFor('departure', 3)
    const delivery = (await readGateway(world)).push?.delivery
    expect(delivery?.buckets.reduce((sum, { count }) => sum + count, 0)).toBe(3)
    expect(delivery?.buckets.at(-1)).toMatchObject({ upTo: null })
    expect(delivery?.buckets.map(({ upTo }) => upTo).slice(0, 3)).toEqual([0.001, 0.0025, 0.005])
    expect(delivery?.sum).toBeGreaterThan(0)
  })
})

test('times are milliseconds', async () => {
  const metrics = createMetrics({ ofProcess: false })
  metrics.gauge({ name: 'push_sockets', help: 'Open sockets' }, () => 0)
  metrics.gauge({ name: 'push_lateness_seconds', help: 'Lateness' }, () => 0.25)
  const { push } = toSystemProcess({ worker: 'backend', figures: await metrics.some(systemFigures) })
  expect(push?.eventLoopLag).toBe(250)
})

test('a process without a gateway has its start and its memory', async () => {
  const before = Date.now() - 3_600_000
  const figures = await createMetrics().some(systemFigures)
  const process = toSystemProcess({ worker: 'first', figures })
  expect(process).not.toHaveProperty('push')
  expect(process.memory).toBeGreaterThan(1_000_000)
  expect(process.startedAt).toBeGreaterThan(before)
})

test('a figure that cannot be had is none, and is no fault of the answer', async () => {
  const metrics = createMetrics({ ofProcess: false })
  metrics.gauge({ name: 'push_sockets', help: 'Open sockets' }, () => Promise.reject(new Error('away')))
  const process = toSystemProcess({ worker: 'backend', figures: await metrics.some(systemFigures) })
  expect(process.push).toMatchObject({ sockets: 0, closed: {}, delivery: { buckets: [], sum: 0 } })
  expect(processes.parse([process])).toEqual([process])
})
