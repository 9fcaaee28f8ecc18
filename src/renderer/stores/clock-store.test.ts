import { expect, test } from 'vitest'
import { clocksAt, createClockStore, isReplay } from './clock-store.ts'

test('there is no time before the first reading', () => {
  expect(clocksAt(createClockStore().getState(), 5)).toBeUndefined()
})

test('the operational clock ticks at its rate, the wall clock at one', () => {
  const state = { reading: { wall: 1_000, operational: 50_000, rate: 60 }, readAt: 100 }
  expect(clocksAt(state, 1_100)).toEqual({ wall: 2_000, operational: 110_000, rate: 60 })
})

test('time does not run backwards when readings arrive late', () => {
  const state = { reading: { wall: 1_000, operational: 1_000, rate: 1 }, readAt: 100 }
  expect(clocksAt(state, 50)).toMatchObject({ wall: 1_000 })
})

test('a clock that differs from the wall or runs at another rate is a replay', () => {
  expect(isReplay({ wall: 10_000, operational: 10_900, rate: 1 })).toBe(false)
  expect(isReplay({ wall: 10_000, operational: 90_000, rate: 1 })).toBe(true)
  expect(isReplay({ wall: 10_000, operational: 10_000, rate: 10 })).toBe(true)
})
