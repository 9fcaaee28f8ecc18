import { ORPCError } from '@orpc/server'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { COMMAND_VALIDITY } from '../../shared/domain/command-validity.ts'
import type { Departure } from '../../shared/domain/departure.ts'
import { MINUTE } from '../../shared/domain/instant.ts'
import { boardDeparture } from '../../testing/fixtures/board-departure.ts'
import { type ConsoleBench, commandId, createConsoleBench, pushSnapshot } from '../../testing/fixtures/console-bench.ts'
import type { CommandBody } from '../api/command.ts'
import type { Console } from './console.ts'
import { TEND_EVERY } from './tend-queue.ts'

const at7 = boardDeparture({ revision: 7, gate: 'B3' })
const other = boardDeparture({ id: 'UA15-2026-11-20-JFK', number: '15', revision: 3, gate: 'C1' })
// The service's clock is hours from this machine's, as a machine's may be.
const wall = Date.parse('2026-11-20T18:00:00Z')
const clock = { wall, operational: at7.scheduledAt, rate: 1 }
const gate = (name: string): CommandBody => ({ kind: 'setGate', gate: name })

let bench: ConsoleBench
let console: Console

beforeEach(() => {
  vi.useFakeTimers()
  bench = createConsoleBench(() => performance.now())
  bench.desk.actor = { name: 'gate', role: 'gate', stations: ['*'] }
  bench.desk.answer = acceptAll()
  console = bench.open()
})

afterEach(() => {
  bench.stop()
  vi.useRealTimers()
})

const settle = (milliseconds = 100) => vi.advanceTimersByTimeAsync(milliseconds)
const announced = (from = console) => from.announcements.getState().items.map(({ text }) => text)
const sent = () => bench.desk.received.map((command) => [command.commandId, command.revision, command.gate])
const queue = (from = console) => from.commands.getState()
const stages = (from = console) => queue(from).pending.map(({ stage }) => stage)

/** A service that accepts what is based on the present, answers repetitions, and refuses the rest as stale. */
function acceptAll() {
  const present = new Map([at7, other].map((departure) => [departure.id, departure]))
  const done = new Map<string, Departure>()
  return async ({
    id,
    commandId: name,
    revision,
    gate: value,
  }: {
    id: string
    commandId: string
    revision: number
    gate?: string | null
  }) => {
    const first = done.get(name)
    if (first) return { departure: first, revision: first.revision }
    const departure = present.get(id) ?? at7
    if (revision !== departure.revision) throw new ORPCError('FL_DEPARTURE_STALE', { data: { departure } })
    const next = { ...departure, ...(value && { gate: value }), revision: revision + 1 }
    present.set(id, next)
    done.set(name, next)
    return { departure: next, revision: next.revision }
  }
}

async function goLive(departures: readonly Departure[] = [at7, other], at = clock): Promise<void> {
  await settle(0)
  pushSnapshot(bench.desk, departures, at)
  await settle()
}

async function goOffline(): Promise<void> {
  bench.desk.isUp = false
  bench.desk.cut()
  await settle(0)
}

/** The feed notices the end of the former person's connection first. */
async function signIn(name: string): Promise<void> {
  await settle(600)
  await console.signIn({ name, password: 'x' })
  await goLive()
}

async function comeBack(departures?: readonly Departure[], at?: typeof clock): Promise<void> {
  await settle(0)
  bench.desk.isUp = true
  console.retryNow()
  await goLive(departures, at)
}

describe('a command', () => {
  test('is kept before it is sent, and not any more when it was answered', async () => {
    await goLive()
    const { promise, resolve } = Promise.withResolvers<void>()
    const answer = bench.desk.answer
    bench.desk.answer = async (input) => {
      expect([...bench.keeper.kept.keys()]).toEqual([input.commandId])
      await promise
      return answer(input)
    }
    const outcome = console.runner.run(at7, gate('B12'))
    await settle(0)
    expect(sent()).toHaveLength(1)
    resolve()
    expect(await outcome).toBe('accepted')
    await settle(0)
    expect(bench.keeper.kept.size).toBe(0)
  })

  test('is valid for half an hour by the clock of the service', async () => {
    await goLive()
    await settle(2_000)
    await console.runner.run(at7, gate('B12'))
    const [received] = bench.desk.received
    expect(received?.validUntil).toBeGreaterThanOrEqual(wall + COMMAND_VALIDITY + 2_000)
    expect(received?.validUntil).toBeLessThan(wall + COMMAND_VALIDITY + 3_000)
    expect(Number.isInteger(received?.validUntil)).toBe(true)
  })

  test('that marks "now" carries the time at which the person acted, however late it is sent', async () => {
    await goLive()
    await goOffline()
    const acted = at7.scheduledAt + 100
    await console.runner.run(at7, { kind: 'markBoarding', stage: 'BOARDING' })
    await settle(10 * MINUTE)
    await comeBack()
    expect(bench.desk.received[0]?.at).toBeGreaterThanOrEqual(acted)
    expect(bench.desk.received[0]?.at).toBeLessThan(acted + 1_000)
  })

  test('of nobody is refused', async () => {
    await goLive()
    console.connection.setState({ actor: null })
    expect(await console.runner.run(at7, gate('B12'))).toBe('refused')
    expect(announced()).toEqual(['B6 739: Sign in first.'])
  })
})

describe('a page that was lost with commands in it', () => {
  test('leaves them to the next one, which sends them once, under their names', async () => {
    await goLive()
    await goOffline()
    await console.runner.run(at7, gate('B12'))
    bench.crash()
    console = bench.open('second')
    await comeBack()
    expect(sent()).toEqual([[commandId(1), 7, 'B12']])
    expect(announced()).toEqual(['1 change that had no answer is taken up again.'])
    expect(bench.keeper.kept.size).toBe(0)
  })

  test('in the middle of sending repeats the name, and the service carries it out once', async () => {
    await goLive()
    const accept = bench.desk.answer
    bench.desk.answer = async (input) => {
      await accept(input)
      return new Promise(() => undefined)
    }
    void console.runner.run(at7, gate('B12'))
    await settle(0)
    bench.crash()
    bench.desk.answer = accept
    console = bench.open('second')
    await goLive([{ ...at7, gate: 'B12', revision: 8 }, other])
    expect(sent()).toEqual([
      [commandId(1), 7, 'B12'],
      [commandId(1), 7, 'B12'],
    ])
    expect(queue()).toEqual({ pending: [], conflicts: [], failed: [] })
    expect(console.board.getState().departures.get(at7.id)?.revision).toBe(8)
  })

  test('leaves a conflict to be decided', async () => {
    await goLive()
    await goOffline()
    await console.runner.run(at7, gate('B12'))
    await bench.desk.answer({ id: at7.id, commandId: 'theirs', revision: 7, gate: 'C9' })
    await comeBack()
    expect(queue().conflicts).toHaveLength(1)
    bench.crash()
    console = bench.open('second')
    await goLive()
    expect(queue().conflicts[0]?.theirs.gate).toBe('C9')
    console.runner.keepTheirs(queue().conflicts[0] ?? expect.fail('no conflict'))
    expect(bench.keeper.kept.size).toBe(0)
  })

  test('leaves what had failed as it was, and it is not sent again', async () => {
    await goLive()
    await goOffline()
    await console.runner.run(at7, gate('B12'))
    bench.desk.answer = () => Promise.reject(new ORPCError('FL_STATION_FOREIGN', { message: 'not your station' }))
    await comeBack()
    expect(queue().failed[0]).toMatchObject({ kind: 'refused', words: 'not your station' })
    bench.crash()
    console = bench.open('second')
    await goLive()
    expect(queue().failed[0]).toMatchObject({ kind: 'refused', words: 'not your station' })
    expect(sent()).toHaveLength(1)
  })

  test('leaves an unreadable one, which is told', async () => {
    bench.keeper.kept.set(commandId(9), { commandId: commandId(9), owner: 'gate', text: '{' })
    await goLive()
    expect(announced()[0]).toMatch(/^1 kept change cannot be read any more/)
    expect(bench.keeper.kept.size).toBe(0)
  })
})

test('two pages of one person each send their own', async () => {
  await goLive()
  await goOffline()
  await console.runner.run(at7, gate('B12'))
  const second = bench.open('second')
  second.connection.setState({ actor: bench.desk.actor })
  await second.runner.run(other, gate('C2'))
  await settle(0)
  expect(queue().pending.map(({ command }) => command.base.id)).toEqual([at7.id])
  expect(queue(second).pending.map(({ command }) => command.base.id)).toEqual([other.id])
})

test('a keeper that does not answer at first is asked again', async () => {
  bench.keeper.kept.set(commandId(9), { commandId: commandId(9), owner: 'gate', text: '{' })
  bench.keeper.problem = new Error('not yet')
  await goLive()
  expect(announced()).toEqual([])
  bench.keeper.problem = undefined
  await settle(TEND_EVERY)
  expect(announced()).toHaveLength(1)
})

test('a command is not called waiting before it is kept', async () => {
  await goLive()
  await goOffline()
  const outcome = console.runner.run(at7, gate('B12'))
  expect(bench.keeper.kept.size).toBe(0)
  expect(stages()).toEqual(['sending'])
  expect(await outcome).toBe('waiting')
  expect(bench.keeper.kept.size).toBe(1)
  expect(stages()).toEqual(['waiting'])
})

describe('a keeper that cannot keep', () => {
  beforeEach(() => {
    bench.keeper.problem = new Error('The disk is full.')
  })

  test('does not stop a command that can be sent, and the person is told', async () => {
    await goLive()
    expect(await console.runner.run(at7, gate('B12'))).toBe('accepted')
    expect(announced()[0]).toContain('could not be kept on this machine (The disk is full.)')
  })

  test('leads to a loud refusal while there is no connection', async () => {
    await goLive()
    await goOffline()
    expect(await console.runner.run(at7, gate('B12'))).toBe('refused')
    expect(announced()[0]).toContain('Nothing was changed.')
    expect(announced()[0]).toContain('The disk is full.')
    expect(queue().pending).toEqual([])
  })
})

describe('a command that has run out', () => {
  async function waitTooLong() {
    await goLive()
    await goOffline()
    await console.runner.run(at7, gate('B12'))
    await settle(COMMAND_VALIDITY - 1_000)
    expect(stages()).toEqual(['waiting'])
    await settle(1_000 + TEND_EVERY)
  }

  test('is never sent, stays in the queue with the reason, and is told', async () => {
    await waitTooLong()
    expect(queue().failed[0]).toMatchObject({ kind: 'expired', words: expect.stringContaining('ran out') })
    expect(announced()[0]).toMatch(/^B6 739: Its time ran out/)
    await comeBack()
    expect(sent()).toEqual([])
  })

  test('is not sent by the next page either', async () => {
    await goLive()
    await goOffline()
    await console.runner.run(at7, gate('B12'))
    bench.crash()
    await settle(COMMAND_VALIDITY)
    console = bench.open('second')
    await comeBack(undefined, { ...clock, wall: wall + COMMAND_VALIDITY + MINUTE })
    expect(sent()).toEqual([])
    expect(queue().failed[0]?.kind).toBe('expired')
  })

  test('in the eyes of the service alone is shown as that', async () => {
    await goLive()
    await goOffline()
    await console.runner.run(at7, gate('B12'))
    bench.desk.answer = () => Promise.reject(new ORPCError('FL_COMMAND_EXPIRED', { data: { departure: at7 } }))
    await comeBack()
    expect(queue().failed[0]?.kind).toBe('expired')
  })

  test('is done anew on what is there now, as a new command', async () => {
    await waitTooLong()
    await bench.desk.answer({ id: at7.id, commandId: 'theirs', revision: 7, gate: 'C9' })
    const later = { ...clock, wall: wall + COMMAND_VALIDITY + MINUTE }
    await comeBack([{ ...at7, gate: 'C9', revision: 8 }], later)
    expect(await console.runner.again(queue().failed[0] ?? expect.fail('nothing failed'))).toBe('accepted')
    expect(sent()).toEqual([[commandId(2), 8, 'B12']])
    expect(queue().failed).toEqual([])
    expect(bench.keeper.kept.size).toBe(0)
  })

  test('that does not apply any more stays where it is, with the reason told', async () => {
    await waitTooLong()
    const gone = { ...at7, offBlockAt: at7.scheduledAt, revision: 8 }
    await comeBack([gone], { ...clock, wall: wall + COMMAND_VALIDITY + MINUTE })
    expect(await console.runner.again(queue().failed[0] ?? expect.fail('nothing failed'))).toBe('refused')
    expect(queue().failed).toHaveLength(1)
    expect(announced().at(-1)).toContain('does not apply')
  })

  test('is put away for good', async () => {
    await waitTooLong()
    const [failed] = queue().failed
    console.runner.putAway(failed?.command ?? expect.fail('nothing failed'))
    await settle(0)
    expect(queue().failed).toEqual([])
    expect(bench.keeper.kept.size).toBe(0)
  })
})

describe('several commands on one departure', () => {
  test('are sent one after the other, and do not stand in each other’s way', async () => {
    await goLive()
    await goOffline()
    await console.runner.run(at7, gate('B12'))
    await console.runner.run(at7, gate('B13'))
    await comeBack()
    await settle()
    expect(queue()).toEqual({ pending: [], conflicts: [], failed: [] })
    expect(console.board.getState().departures.get(at7.id)).toMatchObject({ gate: 'B13', revision: 9 })
  })

  test('typed faster than the answers come do the same', async () => {
    await goLive()
    const outcomes = [console.runner.run(at7, gate('B12')), console.runner.run(at7, gate('B13'))]
    expect(await Promise.all(outcomes)).toEqual(['accepted', 'waiting'])
    await settle()
    expect(console.board.getState().departures.get(at7.id)).toMatchObject({ gate: 'B13', revision: 9 })
    expect(queue().conflicts).toEqual([])
  })

  test('still meet what somebody else did between them', async () => {
    await goLive()
    await goOffline()
    await console.runner.run(at7, gate('B12'))
    await console.runner.run(at7, gate('B13'))
    const accept = bench.desk.answer
    bench.desk.answer = async (input) => {
      const answer = await accept(input)
      if (input.gate === 'B12') await accept({ id: at7.id, commandId: 'theirs', revision: 8, gate: 'C9' })
      return answer
    }
    await comeBack()
    await settle()
    expect(queue().conflicts[0]).toMatchObject({ theirs: { gate: 'C9' }, command: { body: { gate: 'B13' } } })
  })

  test('that were put away do not hold up the next', async () => {
    await goLive()
    await goOffline()
    await console.runner.run(at7, gate('B12'))
    await console.runner.run(at7, gate('B13'))
    console.runner.putAway(queue().pending[0]?.command ?? expect.fail('nothing waits'))
    await comeBack()
    await settle()
    expect(sent().map(([, , value]) => value)).toEqual(['B13'])
  })
})

describe('a service that is there but cannot carry out anything now', () => {
  test('is asked again by itself, without a loss of the connection', async () => {
    await goLive()
    const accept = bench.desk.answer
    bench.desk.answer = () => Promise.reject(new ORPCError('FL_STORE_UNAVAILABLE', { message: 'not now' }))
    expect(await console.runner.run(at7, gate('B12'))).toBe('waiting')
    expect(announced()).toEqual([])
    bench.desk.answer = accept
    bench.desk.push({ type: 'pulse', clock, publishing: { unpublished: 0, oldestAge: 0 } })
    await settle(TEND_EVERY)
    expect(console.board.getState().departures.get(at7.id)?.gate).toBe('B12')
  })

  test('is not asked for every single one of them', async () => {
    await goLive()
    await goOffline()
    await console.runner.run(at7, gate('B12'))
    await console.runner.run(other, gate('C2'))
    bench.desk.answer = () => Promise.reject(new ORPCError('FL_STORE_UNAVAILABLE', { message: 'not now' }))
    await comeBack()
    expect(sent()).toHaveLength(1)
    expect(stages()).toEqual(['waiting', 'waiting'])
  })
})

describe('the next person at the same screen', () => {
  async function handOver() {
    await goLive()
    await goOffline()
    await console.runner.run(at7, gate('B12'))
    await console.signOut()
    bench.desk.isUp = true
    await signIn('ops')
  }

  test('neither sees nor sends what the former one had waiting', async () => {
    await handOver()
    expect(queue()).toEqual({ pending: [], conflicts: [], failed: [] })
    expect(sent()).toEqual([])
    expect(bench.keeper.kept.size).toBe(1)
  })

  test('leaves it for the former one, who sends it when they are back', async () => {
    await handOver()
    await console.signOut()
    await signIn('gate')
    expect(sent()).toEqual([[commandId(1), 7, 'B12']])
  })

  test('is not shown the answer to what the former one had sent', async () => {
    await goLive()
    const { promise, reject } = Promise.withResolvers<never>()
    bench.desk.answer = () => promise
    void console.runner.run(at7, gate('B12'))
    await settle(0)
    await console.signOut()
    await signIn('ops')
    reject(new ORPCError('FL_DEPARTURE_STALE', { data: { departure: { ...at7, gate: 'C9', revision: 8 } } }))
    await settle()
    expect(queue()).toEqual({ pending: [], conflicts: [], failed: [] })
  })
})
