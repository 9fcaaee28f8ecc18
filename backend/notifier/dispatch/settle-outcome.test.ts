import { describe, expect, test } from 'vitest'
import { NOON } from '../../../src/testing/fixtures/departure.ts'
import { delivery } from '../../../src/testing/fixtures/notices.ts'
import { MOST_ATTEMPTS, retryDelay } from './retry-delay.ts'
import { settleOutcome } from './settle-outcome.ts'
import { toWaves } from './to-waves.ts'

const tried = (attempts: number) => delivery({ attempts })

describe('settleOutcome', () => {
  test('an acceptance is sent, without a reason', () => {
    const { id } = tried(1)
    expect(settleOutcome({ delivery: tried(1), critical: false, outcome: { outcome: 'accepted' } }, NOON)).toEqual({
      id,
      state: 'sent',
    })
  })

  test('even a critical one is not repeated for ever', () => {
    const outcome = { outcome: 'uncertain', reason: 'lost' } as const
    const settle = (attempts: number) => settleOutcome({ delivery: tried(attempts), critical: true, outcome }, NOON)
    expect(settle(MOST_ATTEMPTS - 1)).toMatchObject({ state: 'queued', wasUncertain: true })
    expect(settle(MOST_ATTEMPTS)).toMatchObject({ state: 'uncertain', reason: 'lost' })
  })
})

describe('retryDelay', () => {
  test('grows with the tries and has a limit', () => {
    const delays = [1, 2, 3, 4, 5, 6, 20].map((attempts) => retryDelay(attempts, 1))
    expect(delays).toEqual([5_000, 15_000, 45_000, 135_000, 405_000, 600_000, 600_000])
  })

  test('is spread by chance over its upper half', () => {
    expect([retryDelay(1, 0), retryDelay(1, 0.5)]).toEqual([2_500, 3_750])
    expect(retryDelay(1)).toBeGreaterThanOrEqual(2_500)
  })
})

test('waves keep the order of each person and hold nobody twice', () => {
  const items = ['a', 'b', 'a', 'c', 'a'].map((recipient, index) => ({ index, delivery: delivery({ recipient }) }))
  expect(toWaves(items).map((wave) => wave.map(({ index }) => index))).toEqual([[0, 1, 3], [2], [4]])
  expect(toWaves([])).toEqual([])
})
