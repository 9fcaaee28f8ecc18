import { expect, test } from 'vitest'
import { systemTimer } from '../../../src/node/clock/system-clock.ts'
import { createPace } from './pace.ts'

const elapsed = async (work: () => Promise<void>) => {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

test('the first piece of work waits for nothing, the next for the rest of the pause', async () => {
  const pace = createPace(systemTimer, 60)
  expect(await elapsed(pace)).toBeLessThan(30)
  expect(await elapsed(pace)).toBeGreaterThan(30)
})

test('after a rest nothing waits', async () => {
  const pace = createPace(systemTimer, 20)
  await pace()
  await new Promise((resolve) => setTimeout(resolve, 40))
  expect(await elapsed(pace)).toBeLessThan(15)
})
