import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { browserTimer } from './browser-timer.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('calls back once after a while, unless it is cancelled', () => {
  const [once, never] = [vi.fn(), vi.fn()]
  browserTimer.after(100, once)
  browserTimer.after(100, never)()
  vi.advanceTimersByTime(300)

  expect(once).toHaveBeenCalledTimes(1)
  expect(never).not.toHaveBeenCalled()
})

test('calls back again and again until it is stopped', () => {
  const tick = vi.fn()
  const stop = browserTimer.every(100, tick)
  vi.advanceTimersByTime(250)
  stop()
  vi.advanceTimersByTime(250)

  expect(tick).toHaveBeenCalledTimes(2)
})
