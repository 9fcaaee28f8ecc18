import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { eventually } from '../../src/testing/fixtures/eventually.ts'
import { watchLoad } from './load.ts'

/** Keeps the event loop from turning. */
function block(milliseconds: number): void {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

test('turns that take long make the process late, and it recovers when they do not', async () => {
  const load = watchLoad({ lateness: 100, memoryShare: 1 })
  expect(load.isLate()).toBe(false)
  for (let turn = 0; turn < 4; turn += 1) {
    block(300)
    await sleep(1)
  }
  await eventually(() => load.isLate() && load.lateness() > 100)
  await eventually(() => !load.isLate(), 10_000)
  load.close()
})

test.each([
  ['full', 0, true],
  ['not full', 1, false],
])('a process that holds more than its share is full: %s', (_name, memoryShare, isFull) => {
  const load = watchLoad({ lateness: 100, memoryShare })
  expect(load.isFull()).toBe(isFull)
  load.close()
})
