import { describe, expect, test } from 'vitest'
import { NOON } from '../../testing/fixtures/departure.ts'
import { isReplayed, operationalTime, readClock } from './operational-clock.ts'

const now = (moment: number) => new Date(moment).toISOString()
const HOUR = 3_600_000

describe('the operational clock', () => {
  test('without a reading it is our own', () => {
    expect(operationalTime(undefined, NOON)).toBe(NOON)
    expect(isReplayed(undefined, NOON)).toBe(false)
  })

  test('goes on from the reading at its rate', () => {
    const reading = readClock({ now: now(NOON - 5 * HOUR), rate: 60 }, NOON)

    expect(operationalTime(reading, NOON + 1000)).toBe(NOON - 5 * HOUR + 60_000)
  })

  test.each(['null', '"max"', '1e999'])('stands still at a rate of %s, as at full speed', (rate) => {
    const reading = readClock({ now: now(NOON), rate: JSON.parse(rate) }, NOON)

    expect(operationalTime(reading, NOON + HOUR)).toBe(NOON)
  })

  test.each([
    [0, 1, false],
    [119_000, 1, false],
    [-119_000, 1, false],
    [121_000, 1, true],
    [-6 * HOUR, 1, true],
    [0, 2, true],
  ])('%i ms beside ours at rate %i: replayed is %s', (offset, rate, expected) => {
    const reading = readClock({ now: now(NOON + offset), rate }, NOON)

    expect(isReplayed(reading, NOON)).toBe(expected)
  })
})
