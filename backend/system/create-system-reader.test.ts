import { describe, expect, test } from 'vitest'
import { createMetrics } from '../../src/node/metrics/create-metrics.ts'
import { manualClock } from '../../src/testing/fixtures/clocks.ts'
import { NOON } from '../../src/testing/fixtures/departure.ts'
import { recordingLog } from '../../src/testing/fixtures/logs.ts'
import { manualTimer } from '../../src/testing/twins/manual-timer.ts'
import type { Part, PartHealth } from '../part.ts'
import { createSystemReader, type SystemParts } from './create-system-reader.ts'
import { systemFigures } from './system-figures.ts'

const part = (name: string, health: PartHealth): Part => ({ name, health: () => health, close: async () => undefined })

function open(more: Partial<SystemParts> = {}) {
  const [clock, logger] = [manualClock(), recordingLog()]
  let reads = 0
  const metrics = createMetrics({ ofProcess: false })
  metrics.gauge({ name: 'push_sockets', help: 'Open sockets' }, () => ++reads)
  const read = createSystemReader({
    ...{ clock, logger, timer: manualTimer(), version: '1.2.3' },
    monitored: [part('store', { status: 'ok', lag: 2, age: 0 }), part('relay', { status: 'ok', epoch: 'x' })],
    figures: async () => [{ worker: 'backend', figures: await metrics.some(systemFigures) }],
    ...more,
  })
  return { read, clock, logger, reads: () => reads }
}

describe('a reading of the system', () => {
  test('has the version, each part with its delay and its age, and each process', async () => {
    expect(await open().read()).toMatchObject({
      ...{ at: NOON, version: '1.2.3', status: 'ok' },
      parts: [
        { name: 'store', status: 'ok', lag: 2, age: 0 },
        { name: 'relay', status: 'ok' },
      ],
      processes: [{ name: 'backend', push: { sockets: 1 } }],
    })
  })

  test('says what is wrong with a part', async () => {
    const monitored = [
      part('store', { status: 'down', problem: 'FL_STORE_UNAVAILABLE' }),
      part('relay', { status: 'degraded', failing: 'broadcasts external' }),
    ]
    expect(await open({ monitored }).read()).toMatchObject({
      status: 'down',
      parts: [
        { name: 'store', status: 'down', problem: 'FL_STORE_UNAVAILABLE' },
        { name: 'relay', status: 'degraded', problem: 'failing: broadcasts external' },
      ],
    })
  })

  test('is one for all who look within a second', async () => {
    const { read, clock, reads } = open()
    await Promise.all([read(), read()])
    clock.advance(999)
    await read()
    expect(reads()).toBe(1)
    clock.advance(1)
    expect(await read()).toMatchObject({ processes: [{ push: { sockets: 2 } }] })
  })

  test('is taken anew after the clock was set back', async () => {
    const { read, clock, reads } = open()
    await read()
    clock.set({ wall: NOON - 60_000 })
    await read()
    expect(reads()).toBe(2)
  })

  test('without figures still has the parts, and the log says why', async () => {
    const { read, logger } = open({ figures: () => Promise.reject(new Error('nobody there')) })
    expect(await read()).toMatchObject({ status: 'ok', processes: [], parts: [{ name: 'store' }, { name: 'relay' }] })
    expect(logger.lines.map(({ message }) => message)).toEqual(['the figures of the processes could not be read'])
  })
})
