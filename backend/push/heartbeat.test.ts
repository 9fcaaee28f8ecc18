import { expect, test } from 'vitest'
import { pushLimits } from './parts.ts'

const { heartbeat, deadAfter, sweep } = pushLimits

test('a socket that answers no ping is ended within a minute, the sweep that finds it included', () => {
  expect(deadAfter + sweep).toBeLessThanOrEqual(60_000)
})

test('one lost ping ends nobody: the next one and its answer come in time', () => {
  expect(deadAfter - 2 * heartbeat).toBeGreaterThan(5 * sweep)
})
