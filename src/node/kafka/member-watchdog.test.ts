import { Kafka, logLevel } from 'kafkajs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { silentLog } from '../../testing/fixtures/logs.ts'
import type { Stay } from './member-batch.ts'
import { startWatchdog } from './member-watchdog.ts'

function watch(unread: () => number | Promise<number>) {
  const consumer = new Kafka({ brokers: ['none:9092'], logLevel: logLevel.NOTHING }).consumer({ groupId: 'g' })
  const on = vi.spyOn(consumer, 'on')
  const { signal } = new AbortController()
  const idle = { topic: 'flight_updates', handle: async () => undefined, logger: silentLog(), signal } as const
  const stay: Stay = { ...idle, movedAt: Date.now(), handling: undefined }
  const ends: string[] = []
  const asked: (readonly number[])[] = []
  const parts = {
    name: 'flight_updates',
    async lag(partitions: readonly number[]) {
      asked.push(partitions)
      return unread()
    },
  }
  const stop = startWatchdog({ consumer, stay, parts, end: (reason) => ends.push(reason) })
  const [, joined = () => undefined] = on.mock.calls.find(([name]) => name === consumer.events.GROUP_JOIN) ?? []
  const join = (partitions: number[]) => {
    const payload = { memberAssignment: { flight_updates: partitions } }
    Reflect.apply(joined, undefined, [{ payload }])
  }
  return { stay, ends, asked, stop, join }
}

describe('the watchdog of a group reader', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })

  afterEach(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })

  test('ends a stay in which nothing moves although its own partitions have records', async () => {
    const { ends, asked, join } = watch(() => 5)
    join([1, 3])
    await vi.advanceTimersByTimeAsync(14_000)
    expect(ends).toEqual([])
    await vi.advanceTimersByTimeAsync(5_000)
    expect(asked[0]).toEqual([1, 3])
    expect(ends[0]).toBe('nothing moves')
  })

  test('leaves a reader alone that has nothing to read', async () => {
    const { ends, join } = watch(() => 0)
    join([0])
    await vi.advanceTimersByTimeAsync(120_000)
    expect(ends).toEqual([])
  })

  test('leaves a reader alone whose handler takes its time', async () => {
    const { ends, stay, join } = watch(() => 5)
    join([0])
    stay.handling = new Promise(() => undefined)
    await vi.advanceTimersByTimeAsync(120_000)
    expect(ends).toEqual([])
  })

  test('ends a stay that was never admitted', async () => {
    const { ends } = watch(() => 0)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(ends[0]).toBe('not admitted to the group')
  })

  test('asks again when the question fails, and stops when it is told to', async () => {
    const { ends, asked, stop, join } = watch(() => Promise.reject(new Error('away')))
    join([0])
    await vi.advanceTimersByTimeAsync(25_000)
    expect(asked.length).toBeGreaterThan(1)
    expect(ends).toEqual([])
    stop()
    const before = asked.length
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toHaveLength(before)
  })
})
