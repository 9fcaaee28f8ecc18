import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createUpgradeQueue, type QueueLimits, type Turn } from './upgrade-queue.ts'

const limits: QueueLimits = {
  acceptsPerSecond: 1_000,
  acceptsAtOnce: 5,
  waitingHandshakes: 100,
  handshakePatience: 10_000,
}
const isHere = () => false

/** Enters `count` handshakes and notes the order in which their turns come. */
function enter(queue: ReturnType<typeof createUpgradeQueue>, address: string, count: number) {
  const turns: Turn[] = []
  const all = Array.from({ length: count }, async () => turns.push(await queue.enter(address, isHere)))
  return { turns, all: Promise.all(all) }
}

describe('a queue of handshakes', () => {
  test('lets a few in at once and the others at its pace', async () => {
    const queue = createUpgradeQueue(limits, isHere)
    const startedAt = performance.now()
    const { turns, all } = enter(queue, 'a', 65)
    expect(queue.count()).toBe(60)
    await all
    expect(turns).toEqual(Array.from({ length: 65 }, () => 'now'))
    // Sixty at a thousand a second; no upper bound, because a busy machine may take as long as it likes.
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(55)
    expect(queue.count()).toBe(0)
  })

  test('lets addresses in by turns, however many one of them sends', async () => {
    const queue = createUpgradeQueue({ ...limits, acceptsAtOnce: 1 }, isHere)
    const order: string[] = []
    const note = async (address: string) => {
      await queue.enter(address, isHere)
      order.push(address)
    }
    const crowd = Array.from({ length: 50 }, () => note('crowd'))
    await Promise.all([...crowd.slice(0, 3), note('lone'), note('other')])
    expect(order.indexOf('lone')).toBeLessThan(5)
    expect(order.indexOf('other')).toBeLessThan(5)
    await Promise.all(crowd)
    expect(order).toHaveLength(52)
  })

  test('turns away at once who comes when it is full', async () => {
    const queue = createUpgradeQueue({ ...limits, waitingHandshakes: 10 }, isHere)
    const { turns, all } = enter(queue, 'a', 20)
    await all
    expect(turns.filter((turn) => turn === 'full')).toHaveLength(5)
    expect(turns.filter((turn) => turn === 'now')).toHaveLength(15)
  })

  test('turns away who waited for too long', async () => {
    const queue = createUpgradeQueue({ ...limits, acceptsPerSecond: 1, handshakePatience: 40 }, isHere)
    const { turns, all } = enter(queue, 'a', 8)
    await all
    expect(turns).toEqual([...Array.from({ length: 5 }, () => 'now'), 'late', 'late', 'late'])
    expect(queue.count()).toBe(0)
  })

  test('gives no turn to who left meanwhile', async () => {
    const queue = createUpgradeQueue({ ...limits, acceptsPerSecond: 2, acceptsAtOnce: 1 }, isHere)
    await queue.enter('a', isHere)
    const gone = Array.from({ length: 20 }, () => queue.enter('a', () => true))
    const startedAt = performance.now()
    expect(await queue.enter('a', isHere)).toBe('now')
    expect(new Set(await Promise.all(gone))).toEqual(new Set(['late']))
    // Twenty turns would have been ten seconds.
    expect(performance.now() - startedAt).toBeLessThan(5_000)
  })

  test('goes on at less than its pace while the process is behind', async () => {
    const load = { isLate: true }
    const queue = createUpgradeQueue({ ...limits, acceptsAtOnce: 20, waitingHandshakes: 1_000 }, () => load.isLate)
    const startedAt = performance.now()
    const { turns, all } = enter(queue, 'a', 500)
    await sleep(300)
    const perSecond = (turns.length - 20) / ((performance.now() - startedAt) / 1000)
    expect(perSecond).toBeGreaterThan(10)
    // Its whole pace is a thousand.
    expect(perSecond).toBeLessThan(600)
    load.isLate = false
    await all
  })

  test('turns everybody away when it closes, and whoever comes then', async () => {
    const queue = createUpgradeQueue({ ...limits, acceptsPerSecond: 1 }, isHere)
    const { turns, all } = enter(queue, 'a', 8)
    queue.close()
    await all
    expect(turns.slice(5)).toEqual(['closing', 'closing', 'closing'])
    expect(await queue.enter('a', isHere)).toBe('closing')
  })
})
