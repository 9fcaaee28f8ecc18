import { expect, test } from 'vitest'
import { systemTimer } from '../../src/node/clock/system-clock.ts'
import { eventually } from '../../src/testing/fixtures/eventually.ts'
import { recordingLog } from '../../src/testing/fixtures/logs.ts'
import { startLoop } from './loop.ts'

function open(step: () => Promise<boolean>, pause = 60_000) {
  const logger = recordingLog()
  return { logger, loop: startLoop({ name: 'test', step, pause, timer: systemTimer, logger }) }
}

test('goes on at once while there is more, then waits until it is woken', async () => {
  let [steps, left] = [0, 3]
  const { loop } = open(async () => {
    steps += 1
    left -= 1
    return left > 0
  })
  await eventually(() => steps === 3)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(steps).toBe(3)
  loop.wake()
  await eventually(() => steps === 4)
  loop.stop()
  await loop.ended
})

test('looks again by itself after its pause', async () => {
  let steps = 0
  const { loop } = open(async () => {
    steps += 1
    return false
  }, 5)
  await eventually(() => steps > 3)
  loop.stop()
  await loop.ended
})

test('being woken in the middle of a step is not forgotten', async () => {
  let steps = 0
  const { loop, logger } = open(async () => {
    await Promise.resolve()
    steps += 1
    if (steps === 1) loop.wake()
    return false
  })
  await eventually(() => steps === 2)
  expect(logger.lines).toEqual([])
  loop.stop()
  await loop.ended
})

test('a failure is told, survived and forgotten after a step that succeeds', async () => {
  let steps = 0
  const { loop, logger } = open(async () => {
    steps += 1
    if (steps === 1) throw new Error('store is away')
    return false
  })
  await eventually(() => loop.failure() === 'store is away')
  loop.wake()
  await eventually(() => loop.failure() === undefined)
  expect(logger.lines).toMatchObject([{ level: 'error', fields: { loop: 'test' } }])
  loop.stop()
  await loop.ended
})

test('stopping waits for the step under way and starts no other', async () => {
  let steps = 0
  const { promise, resolve: finish } = Promise.withResolvers<boolean>()
  const { loop } = open(() => {
    steps += 1
    return promise
  })
  await eventually(() => steps === 1)
  loop.stop()
  finish(true)
  await loop.ended
  expect(steps).toBe(1)
})
