import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemTimer } from '../../src/node/clock/system-clock.ts'
import { eventually } from '../../src/testing/fixtures/eventually.ts'
import { type NotifierWorld, openNotifierWorld } from '../../src/testing/notifier/notifier-world.ts'
import { type Leadership, startLeadership } from './leadership.ts'

let world: NotifierWorld
const started: Leadership[] = []

beforeEach(async () => {
  world = await openNotifierWorld()
})

afterEach(async () => {
  for (const leadership of started.splice(0)) await leadership.close()
  await world[Symbol.asyncDispose]()
})

function start(owner: string, leases = world.stores.leases): Leadership {
  const { clock, logger } = world
  const leadership = startLeadership({ name: 'x', owner, ttl: 30, leases, clock, timer: systemTimer, logger })
  started.push(leadership)
  return leadership
}

test('one process has the lease; when it closes the other gets it', async () => {
  const first = start('first')
  await eventually(first.isHeld)
  const second = start('second', world.otherStores.leases)
  await new Promise((resolve) => setTimeout(resolve, 40))
  expect([first.isHeld(), second.isHeld()]).toEqual([true, false])
  await first.close()
  await eventually(second.isHeld)
  expect(first.isHeld()).toBe(false)
})

test('a process that slept past its lease knows that it may not act', async () => {
  const sleeper = start('sleeper', { ...world.stores.leases, acquire: once(world.stores.leases.acquire) })
  await eventually(sleeper.isHeld)
  world.clock.advance(31)
  expect(sleeper.isHeld()).toBe(false)
  await eventually(start('other').isHeld)
})

test('a store that is away for a moment costs the lease only when its time is over', async () => {
  const leases = { ...world.stores.leases, acquire: once(world.stores.leases.acquire) }
  const holder = start('holder', leases)
  await eventually(holder.isHeld)
  await eventually(() => world.logger.lines.some(({ message }) => message === 'the lease could not be renewed'))
  expect(holder.isHeld()).toBe(true)
})

/** Works the first time; afterwards the store does not answer. */
function once<Given extends unknown[], Result>(call: (...given: Given) => Promise<Result>) {
  let calls = 0
  return (...given: Given): Promise<Result> => {
    calls += 1
    return calls === 1 ? call(...given) : Promise.reject(new Error('store is away'))
  }
}
