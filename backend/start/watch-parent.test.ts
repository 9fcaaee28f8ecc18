import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { eventually } from '../../src/testing/fixtures/eventually.ts'
import { watchParent } from './watch-parent.ts'

test('the end of the parent is told once', async () => {
  let parent = 4711
  let told = 0
  const stop = watchParent(
    () => {
      told += 1
    },
    () => parent,
  )
  await sleep(300)
  expect(told).toBe(0)
  parent = 1
  await eventually(() => told > 0)
  parent = 2
  await sleep(300)
  expect(told).toBe(1)
  stop()
})
