import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { FlightlineError } from '../../src/shared/lib/errors.ts'
import { openEmbeddedPair } from '../../src/testing/fixtures/embedded-pair.ts'
import { memoryLog } from '../../src/testing/twins/memory-log.ts'
import { watchEngine } from './watch-engine.ts'

async function open(ping: () => Promise<void>) {
  const pair = await openEmbeddedPair()
  const parts = watchEngine({ stores: { ...pair.first, ping }, log: memoryLog() }, 50)
  return { parts, [Symbol.asyncDispose]: () => pair[Symbol.asyncDispose]() }
}

test('store and log tell how long an answer takes and that it just came', async () => {
  await using given = await open(async () => undefined)
  expect(given.parts.map(({ name }) => name)).toEqual(['store', 'log'])
  for (const part of given.parts) {
    expect(await part.health()).toEqual({ status: 'ok', lag: expect.any(Number), age: 0 })
  }
})

test.each([
  ['fails', () => Promise.reject(new FlightlineError('FL_STORE_UNAVAILABLE')), 'FL_STORE_UNAVAILABLE'],
  ['has a defect', () => Promise.reject(new Error('password=secret')), 'FL_INTERNAL'],
  ['does not answer', () => new Promise<void>(() => undefined), 'no answer'],
])('a store that %s is down, and the report says since when', async (_name, ping, problem) => {
  await using given = await open(ping)
  await sleep(30)
  const health = await given.parts[0]?.health()
  expect(health).toMatchObject({ status: 'down', problem })
  expect(health?.age).toBeGreaterThanOrEqual(30)
})
