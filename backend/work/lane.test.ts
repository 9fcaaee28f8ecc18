import { describe, expect, test } from 'vitest'
import { FlightlineError } from '../../src/shared/lib/errors.ts'
import { eventually } from '../../src/testing/fixtures/eventually.ts'
import { recordingLog } from '../../src/testing/fixtures/logs.ts'
import { backOff, startLane } from './lane.ts'

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

function setUp(work: (calls: number) => Promise<boolean>, interval = 60_000) {
  const logger = recordingLog()
  const counted = { calls: 0 }
  const lane = startLane({ name: 'test', interval, logger, work: () => work(++counted.calls) })
  return { lane, logger, counted }
}

describe('lane', () => {
  test('works at once, again while there is more, and then rests', async () => {
    const { lane, counted } = setUp(async (calls) => calls < 5)
    await pause(20)
    expect(counted.calls).toBe(5)
    await lane.close()
  })

  test('looks again after its interval without any hint', async () => {
    const { lane, counted } = setUp(async () => false, 5)
    await eventually(() => counted.calls >= 3)
    await lane.close()
  })

  test('a wake-up during the work is not lost', async () => {
    const gate = Promise.withResolvers<boolean>()
    const { lane, counted } = setUp(async (calls) => (calls === 1 ? gate.promise : false))
    lane.wake()
    lane.wake()
    gate.resolve(false)
    await eventually(() => counted.calls === 2)
    await pause(10)
    expect(counted.calls).toBe(2)
    await lane.close()
  })

  test('never works twice at a time', async () => {
    let running = 0
    const { lane, counted } = setUp(async (calls) => {
      running += 1
      expect(running).toBe(1)
      await pause(1)
      running -= 1
      return calls < 3
    })
    for (let round = 0; round < 20; round += 1) {
      lane.wake()
      await pause(1)
    }
    expect(counted.calls).toBeGreaterThan(3)
    await lane.close()
  })

  test('a failure is tried again with a pause that wake-ups do not cut short', async () => {
    const { lane, counted, logger } = setUp(async (calls) => {
      if (calls < 3) throw new FlightlineError('FL_STORE_UNAVAILABLE')
      return false
    })
    await pause(10)
    for (let hints = 0; hints < 50; hints += 1) lane.wake()
    await pause(10)
    expect(counted.calls).toBe(1)
    expect(lane.failures()).toBe(1)
    await eventually(() => lane.failures() === 0)
    expect(logger.lines.map(({ level }) => level)).toEqual(['error', 'info'])
    expect(logger.lines[0]?.fields).toMatchObject({ code: 'FL_STORE_UNAVAILABLE' })
    await lane.close()
  })

  test('closing waits for the work under way and ends a rest', async () => {
    const gate = Promise.withResolvers<boolean>()
    const { lane, counted } = setUp(() => gate.promise)
    let closed = false
    const closing = lane.close().then(() => {
      closed = true
    })
    await pause(5)
    expect(closed).toBe(false)
    gate.resolve(true)
    await closing
    expect(counted.calls).toBe(1)
  })
})

describe('backOff', () => {
  test('grows from a tenth of a second to five seconds and is never the same for all', () => {
    const first = Array.from({ length: 50 }, () => backOff(1))
    expect(Math.min(...first)).toBeGreaterThanOrEqual(50)
    expect(Math.max(...first)).toBeLessThanOrEqual(100)
    expect(new Set(first).size).toBeGreaterThan(10)
    expect(backOff(1000)).toBeGreaterThanOrEqual(2500)
    expect(backOff(1000)).toBeLessThanOrEqual(5000)
  })
})
