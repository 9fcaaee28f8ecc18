import { ORPCError } from '@orpc/server'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { COMMAND_VALIDITY } from '../../shared/domain/command-validity.ts'
import { MINUTE } from '../../shared/domain/instant.ts'
import { commandId } from '../../testing/fixtures/console-bench.ts'
import { at7, createQueueScene, gate, other, type QueueScene, sceneClock } from '../../testing/fixtures/queue-scene.ts'
import { TEND_EVERY } from './tend-queue.ts'

let scene: QueueScene

beforeEach(() => {
  vi.useFakeTimers()
  scene = createQueueScene((milliseconds) => vi.advanceTimersByTimeAsync(milliseconds))
})

afterEach(() => {
  scene.bench.stop()
  vi.useRealTimers()
})

describe('a command', () => {
  test('is kept before it is sent, and not any more when it was answered', async () => {
    await scene.goLive()
    const { promise, resolve } = Promise.withResolvers<void>()
    const answer = scene.desk.answer
    scene.desk.answer = async (input) => {
      expect([...scene.keeper.kept.keys()]).toEqual([input.commandId])
      await promise
      return answer(input)
    }
    const outcome = scene.console.runner.run(at7, gate('B12'))
    await scene.settle(0)
    expect(scene.sent()).toHaveLength(1)
    resolve()
    expect(await outcome).toBe('accepted')
    await scene.settle(0)
    expect(scene.keeper.kept.size).toBe(0)
  })

  test('is valid for half an hour by the clock of the service', async () => {
    await scene.goLive()
    await scene.settle(2_000)
    await scene.console.runner.run(at7, gate('B12'))
    const [received] = scene.desk.received
    expect(received?.validUntil).toBeGreaterThanOrEqual(sceneClock.wall + COMMAND_VALIDITY + 2_000)
    expect(received?.validUntil).toBeLessThan(sceneClock.wall + COMMAND_VALIDITY + 3_000)
    expect(Number.isInteger(received?.validUntil)).toBe(true)
  })

  test('that marks "now" carries the time at which the person acted, however late it is sent', async () => {
    await scene.goLive()
    await scene.goOffline()
    const acted = at7.scheduledAt + 100
    await scene.console.runner.run(at7, { kind: 'markBoarding', stage: 'BOARDING' })
    await scene.settle(10 * MINUTE)
    await scene.comeBack()
    expect(scene.desk.received[0]?.at).toBeGreaterThanOrEqual(acted)
    expect(scene.desk.received[0]?.at).toBeLessThan(acted + 1_000)
  })

  test('of nobody is refused', async () => {
    await scene.goLive()
    scene.console.connection.setState({ actor: null })
    expect(await scene.console.runner.run(at7, gate('B12'))).toBe('refused')
    expect(scene.announced()).toEqual(['B6 739: Sign in first.'])
  })
})

describe('a command that has run out', () => {
  async function waitTooLong() {
    await scene.goLive()
    await scene.goOffline()
    await scene.console.runner.run(at7, gate('B12'))
    await scene.settle(COMMAND_VALIDITY - 1_000)
    expect(scene.stages()).toEqual(['waiting'])
    await scene.settle(1_000 + TEND_EVERY)
  }

  test('is never sent, stays in the queue with the reason, and is told', async () => {
    await waitTooLong()
    expect(scene.queue().failed[0]).toMatchObject({ kind: 'expired', words: expect.stringContaining('ran out') })
    expect(scene.announced()[0]).toMatch(/^B6 739: Its time ran out/)
    await scene.comeBack()
    expect(scene.sent()).toEqual([])
  })

  test('is not sent by the next page either', async () => {
    await scene.goLive()
    await scene.goOffline()
    await scene.console.runner.run(at7, gate('B12'))
    scene.bench.crash()
    await scene.settle(COMMAND_VALIDITY)
    scene.console = scene.bench.open('second')
    await scene.comeBack(undefined, { ...sceneClock, wall: sceneClock.wall + COMMAND_VALIDITY + MINUTE })
    expect(scene.sent()).toEqual([])
    expect(scene.queue().failed[0]?.kind).toBe('expired')
  })

  test('in the eyes of the service alone is shown as that', async () => {
    await scene.goLive()
    await scene.goOffline()
    await scene.console.runner.run(at7, gate('B12'))
    scene.desk.answer = () => Promise.reject(new ORPCError('FL_COMMAND_EXPIRED', { data: { departure: at7 } }))
    await scene.comeBack()
    expect(scene.queue().failed[0]?.kind).toBe('expired')
  })

  test('is done anew on what is there now, as a new command', async () => {
    await waitTooLong()
    await scene.desk.answer({ id: at7.id, commandId: 'theirs', revision: 7, gate: 'C9' })
    const later = { ...sceneClock, wall: sceneClock.wall + COMMAND_VALIDITY + MINUTE }
    await scene.comeBack([{ ...at7, gate: 'C9', revision: 8 }], later)
    expect(await scene.console.runner.again(scene.queue().failed[0] ?? expect.fail('nothing failed'))).toBe('accepted')
    expect(scene.sent()).toEqual([[commandId(2), 8, 'B12']])
    expect(scene.queue().failed).toEqual([])
    expect(scene.keeper.kept.size).toBe(0)
  })

  test('that does not apply any more stays where it is, with the reason told', async () => {
    await waitTooLong()
    const gone = { ...at7, offBlockAt: at7.scheduledAt, revision: 8 }
    await scene.comeBack([gone], { ...sceneClock, wall: sceneClock.wall + COMMAND_VALIDITY + MINUTE })
    expect(await scene.console.runner.again(scene.queue().failed[0] ?? expect.fail('nothing failed'))).toBe('refused')
    expect(scene.queue().failed).toHaveLength(1)
    expect(scene.announced().at(-1)).toContain('does not apply')
  })

  test('is put away for good', async () => {
    await waitTooLong()
    const [failed] = scene.queue().failed
    scene.console.runner.putAway(failed?.command ?? expect.fail('nothing failed'))
    await scene.settle(0)
    expect(scene.queue().failed).toEqual([])
    expect(scene.keeper.kept.size).toBe(0)
  })
})

describe('several commands on one departure', () => {
  test('are sent one after the other, and do not stand in each other’s way', async () => {
    await scene.goLive()
    await scene.goOffline()
    await scene.console.runner.run(at7, gate('B12'))
    await scene.console.runner.run(at7, gate('B13'))
    await scene.comeBack()
    await scene.settle()
    expect(scene.queue()).toEqual({ pending: [], conflicts: [], failed: [] })
    expect(scene.console.board.getState().departures.get(at7.id)).toMatchObject({ gate: 'B13', revision: 9 })
  })

  test('typed faster than the answers come do the same', async () => {
    await scene.goLive()
    const outcomes = [scene.console.runner.run(at7, gate('B12')), scene.console.runner.run(at7, gate('B13'))]
    expect(await Promise.all(outcomes)).toEqual(['accepted', 'waiting'])
    await scene.settle()
    expect(scene.console.board.getState().departures.get(at7.id)).toMatchObject({ gate: 'B13', revision: 9 })
    expect(scene.queue().conflicts).toEqual([])
  })

  test('still meet what somebody else did between them', async () => {
    await scene.goLive()
    await scene.goOffline()
    await scene.console.runner.run(at7, gate('B12'))
    await scene.console.runner.run(at7, gate('B13'))
    const accept = scene.desk.answer
    scene.desk.answer = async (input) => {
      const answer = await accept(input)
      if (input.gate === 'B12') await accept({ id: at7.id, commandId: 'theirs', revision: 8, gate: 'C9' })
      return answer
    }
    await scene.comeBack()
    await scene.settle()
    expect(scene.queue().conflicts[0]).toMatchObject({ theirs: { gate: 'C9' }, command: { body: { gate: 'B13' } } })
  })

  test('that were put away do not hold up the next', async () => {
    await scene.goLive()
    await scene.goOffline()
    await scene.console.runner.run(at7, gate('B12'))
    await scene.console.runner.run(at7, gate('B13'))
    scene.console.runner.putAway(scene.queue().pending[0]?.command ?? expect.fail('nothing waits'))
    await scene.comeBack()
    await scene.settle()
    expect(scene.sent().map(([, , value]) => value)).toEqual(['B13'])
  })
})

describe('a service that is there but cannot carry out anything now', () => {
  test('is asked again by itself, without a loss of the connection', async () => {
    await scene.goLive()
    const accept = scene.desk.answer
    scene.desk.answer = () => Promise.reject(new ORPCError('FL_STORE_UNAVAILABLE', { message: 'not now' }))
    expect(await scene.console.runner.run(at7, gate('B12'))).toBe('waiting')
    expect(scene.announced()).toEqual([])
    scene.desk.answer = accept
    scene.desk.push({ type: 'pulse', clock: sceneClock, publishing: { unpublished: 0, oldestAge: 0 } })
    await scene.settle(TEND_EVERY)
    expect(scene.console.board.getState().departures.get(at7.id)?.gate).toBe('B12')
  })

  test('is not asked for every single one of them', async () => {
    await scene.goLive()
    await scene.goOffline()
    await scene.console.runner.run(at7, gate('B12'))
    await scene.console.runner.run(other, gate('C2'))
    scene.desk.answer = () => Promise.reject(new ORPCError('FL_STORE_UNAVAILABLE', { message: 'not now' }))
    await scene.comeBack()
    expect(scene.sent()).toHaveLength(1)
    expect(scene.stages()).toEqual(['waiting', 'waiting'])
  })
})
