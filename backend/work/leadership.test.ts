import { describe, expect, test } from 'vitest'
import type { LeaseStore } from '../../src/shared/ports/system-stores.ts'
import { manualClock } from '../../src/testing/fixtures/clocks.ts'
import { eventually } from '../../src/testing/fixtures/eventually.ts'
import { recordingLog } from '../../src/testing/fixtures/logs.ts'
import { memoryLeases } from '../../src/testing/twins/memory-outbox-stores.ts'
import { startLeadership } from './leadership.ts'

function setUp(leases: LeaseStore = memoryLeases()) {
  const clock = manualClock()
  const logger = recordingLog()
  const gained: string[] = []
  const start = (owner: string) =>
    startLeadership({
      ...{ leases, clock, logger, name: 'relay', owner, ttl: 3000, renewal: 2 },
      gained: () => gained.push(owner),
    })
  return { leases, clock, logger, gained, start }
}

describe('leadership', () => {
  test('is held by the first who asks, and renewed', async () => {
    const { clock, gained, start } = setUp()
    const first = await start('first')
    const second = await start('second')
    expect([first.isHeld(), second.isHeld()]).toEqual([true, false])
    for (let second_ = 0; second_ < 5; second_ += 1) {
      clock.advance(1000)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    expect([first.isHeld(), second.isHeld()]).toEqual([true, false])
    expect(gained).toEqual(['first'])
    await first.close()
    await second.close()
  })

  test('goes over at once when it is given back', async () => {
    const { gained, start } = setUp()
    const first = await start('first')
    const second = await start('second')
    await first.close()
    expect(first.isHeld()).toBe(false)
    await eventually(() => second.isHeld())
    expect(gained).toEqual(['first', 'second'])
    await second.close()
  })

  test('goes over when the holder fell silent for the length of the lease', async () => {
    const { clock, leases, start } = setUp()
    await leases.acquire({ name: 'relay', owner: 'killed', now: clock.wall(), ttl: 3000 })
    const second = await start('second')
    clock.advance(2900)
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(second.isHeld()).toBe(false)
    clock.advance(200)
    await eventually(() => second.isHeld())
    await second.close()
  })

  test('is kept through an outage of the store until its promised end, and not a moment longer', async () => {
    const twin = memoryLeases()
    const failing = { now: false }
    const leases: LeaseStore = {
      async acquire(request) {
        if (failing.now) throw new Error('store away')
        return twin.acquire(request)
      },
      release: () => Promise.reject(new Error('store away')),
    }
    const { clock, logger, gained, start } = setUp(leases)
    const held = await start('first')
    failing.now = true
    clock.advance(2999)
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(held.isHeld()).toBe(true)
    clock.advance(1)
    expect(held.isHeld()).toBe(false)
    failing.now = false
    await eventually(() => held.isHeld())
    expect(gained).toEqual(['first', 'first'])
    await held.close()
    expect(logger.lines.filter(({ level }) => level === 'warn')).toHaveLength(2)
  })
})
