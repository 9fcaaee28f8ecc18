import { ORPCError } from '@orpc/server'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { commandId } from '../../testing/fixtures/console-bench.ts'
import { at7, createQueueScene, gate, other, type QueueScene } from '../../testing/fixtures/queue-scene.ts'
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

describe('a page that was lost with commands in it', () => {
  test('leaves them to the next one, which sends them once, under their names', async () => {
    await scene.goLive()
    await scene.goOffline()
    await scene.console.runner.run(at7, gate('B12'))
    scene.bench.crash()
    scene.console = scene.bench.open('second')
    await scene.comeBack()
    expect(scene.sent()).toEqual([[commandId(1), 7, 'B12']])
    expect(scene.announced()).toEqual(['1 change that had no answer is taken up again.'])
    expect(scene.keeper.kept.size).toBe(0)
  })

  test('in the middle of sending repeats the name, and the service carries it out once', async () => {
    await scene.goLive()
    const accept = scene.desk.answer
    scene.desk.answer = async (input) => {
      await accept(input)
      return new Promise(() => undefined)
    }
    void scene.console.runner.run(at7, gate('B12'))
    await scene.settle(0)
    scene.bench.crash()
    scene.desk.answer = accept
    scene.console = scene.bench.open('second')
    await scene.goLive([{ ...at7, gate: 'B12', revision: 8 }, other])
    expect(scene.sent()).toEqual([
      [commandId(1), 7, 'B12'],
      [commandId(1), 7, 'B12'],
    ])
    expect(scene.queue()).toEqual({ pending: [], conflicts: [], failed: [] })
    expect(scene.console.board.getState().departures.get(at7.id)?.revision).toBe(8)
  })

  test('leaves a conflict to be decided', async () => {
    await scene.goLive()
    await scene.goOffline()
    await scene.console.runner.run(at7, gate('B12'))
    await scene.desk.answer({ id: at7.id, commandId: 'theirs', revision: 7, gate: 'C9' })
    await scene.comeBack()
    expect(scene.queue().conflicts).toHaveLength(1)
    scene.bench.crash()
    scene.console = scene.bench.open('second')
    await scene.goLive()
    expect(scene.queue().conflicts[0]?.theirs.gate).toBe('C9')
    scene.console.runner.keepTheirs(scene.queue().conflicts[0] ?? expect.fail('no conflict'))
    expect(scene.keeper.kept.size).toBe(0)
  })

  test('leaves what had failed as it was, and it is not sent again', async () => {
    await scene.goLive()
    await scene.goOffline()
    await scene.console.runner.run(at7, gate('B12'))
    scene.desk.answer = () => Promise.reject(new ORPCError('FL_STATION_FOREIGN', { message: 'not your station' }))
    await scene.comeBack()
    expect(scene.queue().failed[0]).toMatchObject({ kind: 'refused', words: 'not your station' })
    scene.bench.crash()
    scene.console = scene.bench.open('second')
    await scene.goLive()
    expect(scene.queue().failed[0]).toMatchObject({ kind: 'refused', words: 'not your station' })
    expect(scene.sent()).toHaveLength(1)
  })

  test('leaves an unreadable one, which is told', async () => {
    scene.keeper.kept.set(commandId(9), { commandId: commandId(9), owner: 'gate', text: '{' })
    await scene.goLive()
    expect(scene.announced()[0]).toMatch(/^1 kept change cannot be read any more/)
    expect(scene.keeper.kept.size).toBe(0)
  })
})

test('two pages of one person each send their own', async () => {
  await scene.goLive()
  await scene.goOffline()
  await scene.console.runner.run(at7, gate('B12'))
  const second = scene.bench.open('second')
  second.connection.setState({ actor: scene.desk.actor })
  await second.runner.run(other, gate('C2'))
  await scene.settle(0)
  expect(scene.queue().pending.map(({ command }) => command.base.id)).toEqual([at7.id])
  expect(scene.queue(second).pending.map(({ command }) => command.base.id)).toEqual([other.id])
})

test('a keeper that does not answer at first is asked again', async () => {
  scene.keeper.kept.set(commandId(9), { commandId: commandId(9), owner: 'gate', text: '{' })
  scene.keeper.problem = new Error('not yet')
  await scene.goLive()
  expect(scene.announced()).toEqual([])
  scene.keeper.problem = undefined
  await scene.settle(TEND_EVERY)
  expect(scene.announced()).toHaveLength(1)
})

test('a command is not called waiting before it is kept', async () => {
  await scene.goLive()
  await scene.goOffline()
  const outcome = scene.console.runner.run(at7, gate('B12'))
  expect(scene.keeper.kept.size).toBe(0)
  expect(scene.stages()).toEqual(['sending'])
  expect(await outcome).toBe('waiting')
  expect(scene.keeper.kept.size).toBe(1)
  expect(scene.stages()).toEqual(['waiting'])
})

describe('a keeper that cannot keep', () => {
  beforeEach(() => {
    scene.keeper.problem = new Error('The disk is full.')
  })

  test('does not stop a command that can be sent, and the person is told', async () => {
    await scene.goLive()
    expect(await scene.console.runner.run(at7, gate('B12'))).toBe('accepted')
    expect(scene.announced()[0]).toContain('could not be kept on this machine (The disk is full.)')
  })

  test('leads to a loud refusal while there is no connection', async () => {
    await scene.goLive()
    await scene.goOffline()
    expect(await scene.console.runner.run(at7, gate('B12'))).toBe('refused')
    expect(scene.announced()[0]).toContain('Nothing was changed.')
    expect(scene.announced()[0]).toContain('The disk is full.')
    expect(scene.queue().pending).toEqual([])
  })
})

describe('the next person at the same screen', () => {
  async function handOver() {
    await scene.goLive()
    await scene.goOffline()
    await scene.console.runner.run(at7, gate('B12'))
    await scene.console.signOut()
    scene.desk.isUp = true
    await scene.signIn('ops')
  }

  test('neither sees nor sends what the former one had waiting', async () => {
    await handOver()
    expect(scene.queue()).toEqual({ pending: [], conflicts: [], failed: [] })
    expect(scene.sent()).toEqual([])
    expect(scene.keeper.kept.size).toBe(1)
  })

  test('leaves it for the former one, who sends it when they are back', async () => {
    await handOver()
    await scene.console.signOut()
    await scene.signIn('gate')
    expect(scene.sent()).toEqual([[commandId(1), 7, 'B12']])
  })

  test('is not shown the answer to what the former one had sent', async () => {
    await scene.goLive()
    const { promise, reject } = Promise.withResolvers<never>()
    scene.desk.answer = () => promise
    void scene.console.runner.run(at7, gate('B12'))
    await scene.settle(0)
    await scene.console.signOut()
    await scene.signIn('ops')
    reject(new ORPCError('FL_DEPARTURE_STALE', { data: { departure: { ...at7, gate: 'C9', revision: 8 } } }))
    await scene.settle()
    expect(scene.queue()).toEqual({ pending: [], conflicts: [], failed: [] })
  })
})
