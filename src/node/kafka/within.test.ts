import { expect, test } from 'vitest'
import { within } from './within.ts'

test('what ends in time is waited for, whether it works or fails', async () => {
  const started = performance.now()
  await within(60_000, Promise.resolve('x'))
  await within(60_000, Promise.reject(new Error('x')))
  expect(performance.now() - started).toBeLessThan(1_000)
})

test('what hangs is given up', async () => {
  const started = performance.now()
  await within(50, new Promise(() => undefined))
  expect(performance.now() - started).toBeLessThan(2_000)
})
