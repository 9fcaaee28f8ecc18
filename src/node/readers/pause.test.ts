import { describe, expect, test } from 'vitest'
import { backOff, pause } from './pause.ts'

describe('a pause', () => {
  test('lasts as long as it says', async () => {
    const started = performance.now()
    await pause(60, new AbortController().signal)
    expect(performance.now() - started).toBeGreaterThan(50)
  })

  test('ends at once when it is aborted, before or during', async () => {
    const stop = new AbortController()
    const started = performance.now()
    const during = pause(60_000, stop.signal)
    stop.abort()
    await during
    await pause(60_000, stop.signal)
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})

describe('backing off', () => {
  test('doubles with jitter and stays below the longest', () => {
    for (let attempt = 0; attempt < 60; attempt += 1) {
      const full = Math.min(5_000, 50 * 2 ** attempt)
      const wait = backOff(attempt)
      expect(wait).toBeGreaterThanOrEqual(full / 2)
      expect(wait).toBeLessThanOrEqual(full)
    }
  })

  test('takes another longest', () => {
    expect(backOff(30, 1_000)).toBeLessThanOrEqual(1_000)
  })
})
