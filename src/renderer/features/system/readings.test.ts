import { describe, expect, test } from 'vitest'
import type { SystemSnapshot } from '../../../shared/api/system-schemas.ts'
import { NOON } from '../../../testing/fixtures/departure.ts'
import { pushFigures, systemProcess, systemSnapshot } from '../../../testing/fixtures/system-snapshot.ts'
import { countOf } from './latency.ts'
import { addReading, lastMinute, levels, rateOf, rates, sinceStart } from './readings.ts'

/** One process that has written so many frames, read every two seconds. */
function readEvery2s(...frames: readonly number[]): readonly SystemSnapshot[] {
  return frames.map((count, at) => systemSnapshot(at * 2, [systemProcess(pushFigures({ frames: count }))]))
}

const frames = ({ frames: count }: { readonly frames: number }) => count

describe('readings', () => {
  test('are kept for five minutes', () => {
    const kept = [0, 1, 301].reduce<readonly SystemSnapshot[]>(
      (readings, seconds) => addReading(readings, systemSnapshot(seconds, [])),
      [],
    )
    expect(kept.map(({ at }) => at - NOON)).toEqual([1_000, 301_000])
  })

  test('that are the same as the last count once, and begin anew when the clock was set back', () => {
    const one = systemSnapshot(10, [])
    expect(addReading([one], systemSnapshot(10, []))).toHaveLength(1)
    expect(addReading([one], systemSnapshot(4, []))).toEqual([systemSnapshot(4, [])])
  })
})

describe('rates', () => {
  test('are what was counted between two readings, per second', () => {
    expect(rates(readEvery2s(100, 150, 150), frames)).toEqual([
      { at: NOON + 2_000, value: 25 },
      { at: NOON + 4_000, value: 0 },
    ])
    expect(rateOf(readEvery2s(100, 150), 'backend', frames)).toBe(25)
  })

  test('are not known from one reading, or of a process that is not there', () => {
    expect(rates(readEvery2s(100), frames)).toEqual([])
    expect(rateOf(readEvery2s(100), 'backend', frames)).toBeUndefined()
    expect(rateOf(readEvery2s(100, 110), 'first', frames)).toBeUndefined()
  })

  test('of several gateways are added up', () => {
    const of = (seconds: number, one: number, two: number) =>
      systemSnapshot(seconds, [
        systemProcess(pushFigures({ frames: one, sockets: one }), { name: 'gateway-1' }),
        systemProcess(pushFigures({ frames: two, sockets: two }), { name: 'gateway-2' }),
      ])
    const readings = [of(0, 10, 20), of(2, 14, 26)]
    expect(rates(readings, frames)).toMatchObject([{ value: 5 }])
    expect(rateOf(readings, 'gateway-2', frames)).toBe(3)
    expect(levels(readings, ({ sockets }) => sockets).map(({ value }) => value)).toEqual([30, 40])
  })

  test('of a process that was started anew count from zero', () => {
    const anew = systemProcess(pushFigures({ frames: 8 }), { startedAt: NOON + 1_000 })
    expect(rates([...readEvery2s(500), systemSnapshot(2, [anew])], frames)).toMatchObject([{ value: 4 }])
  })

  test('know nothing of a gateway that did not answer the last time', () => {
    const [before, , after] = readEvery2s(500, 500, 900)
    if (!before || !after) expect.fail('two readings')
    expect(rates([before, systemSnapshot(2, []), after], frames).map(({ value }) => value)).toEqual([0, 0])
  })
})

describe('the last minute', () => {
  const reading = (seconds: number, slow: number) =>
    systemSnapshot(seconds, [
      systemProcess(pushFigures({ closed: { slow }, refused: { FL_SERVER_BUSY: 2 * slow } }, [7 * slow, slow, 0, 1])),
    ])

  test('has what happened in it, and not what was before', () => {
    const readings = [0, 100, 130, 160].map((seconds, at) => reading(seconds, at * 3))
    const recent = lastMinute(readings)
    expect(recent).toMatchObject({ span: 60_000, closed: { slow: 6 }, refused: { FL_SERVER_BUSY: 12 } })
    expect(recent.delivery.buckets.map(({ count }) => count)).toEqual([42, 6, 0, 0])
  })

  test('is as long as there are readings', () => {
    expect(lastMinute([reading(0, 1), reading(2, 2)])).toMatchObject({ span: 2_000, closed: { slow: 1 } })
    expect(lastMinute([reading(0, 1)])).toMatchObject({ span: 0, closed: {} })
    expect(lastMinute([]).delivery.buckets).toEqual([])
  })

  test('differs from what happened since the start', () => {
    const total = sinceStart(reading(0, 4))
    expect(total).toMatchObject({ closed: { slow: 4 } })
    expect(countOf(total.delivery)).toBe(33)
  })
})
