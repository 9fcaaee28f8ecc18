import { expect, test } from 'vitest'
import { createSteadyClock } from './steady-clock.ts'

function create() {
  const time = { monotonic: 500, wall: 1_000_000 }
  const now = createSteadyClock({ monotonic: () => time.monotonic, wall: () => time.wall })
  return {
    now,
    pass(monotonic: number, wall = monotonic) {
      time.monotonic += monotonic
      time.wall += wall
      return now()
    },
  }
}

test('while the machine is awake it is the monotonic clock', () => {
  const { now, pass } = create()
  expect(now()).toBe(500)
  expect(pass(1_000)).toBe(1_500)
})

test('a night of sleep counts, once', () => {
  const { pass } = create()
  expect(pass(100, 28_800_000)).toBe(500 + 28_800_000)
  expect(pass(1_000)).toBe(500 + 28_801_000)
})

test('small differences between the clocks do not add up', () => {
  const { pass } = create()
  for (let second = 0; second < 60; second += 1) pass(1_000, 1_030)
  expect(pass(0)).toBe(60_500)
})

test('a time of day that is set back changes nothing', () => {
  const { pass } = create()
  expect(pass(1_000, -3_600_000)).toBe(1_500)
})
