import { ORPCError } from '@orpc/server'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { BoardMessage } from '../../shared/api/schemas.ts'
import type { Departure } from '../../shared/domain/departure.ts'
import { boardDeparture } from '../../testing/fixtures/board-departure.ts'
import { createFakeDesk, type FakeDesk } from '../../testing/fixtures/fake-desk.ts'
import { createMemoryKeeper, type MemoryKeeper } from '../../testing/fixtures/memory-keeper.ts'
import { pendingIn } from './command-store.ts'
import { type Console, createConsole } from './console.ts'
import { SILENCE } from './feed.ts'

const clock = { wall: 1_000, operational: boardDeparture().scheduledAt, rate: 1 }
const at7 = boardDeparture({ revision: 7, gate: 'B3' })

let desk: FakeDesk
let keeper: MemoryKeeper
let console: Console

const commandId = (index: number) => `00000000-0000-4000-8000-00000000000${index}`

function create(): Console {
  let ids = 0
  const createId = () => {
    ids += 1
    return commandId(ids)
  }
  return createConsole({
    transport: desk.transport,
    keeper: keeper.forPage('first'),
    memory: { getItem: () => null, setItem: () => undefined },
    now: () => Date.now(),
    random: () => 1,
    createId,
  })
}

beforeEach(() => {
  vi.useFakeTimers()
  desk = createFakeDesk()
  keeper = createMemoryKeeper()
  desk.actor = { name: 'gate', role: 'gate', stations: ['*'] }
  console = create()
})

afterEach(() => {
  console.stop()
  vi.useRealTimers()
})

const settle = (milliseconds = 100) => vi.advanceTimersByTimeAsync(milliseconds)
const phase = () => console.connection.getState().phase
const shown = () => console.board.getState().departures.get(at7.id)
const pending = () => pendingIn(console.commands.getState(), at7.id, 'gate')
const announced = () => console.announcements.getState().items.map(({ text }) => text)

async function goLive(...departures: Departure[]): Promise<void> {
  await settle(0)
  desk.push({ type: 'snapshot', departures: departures.length > 0 ? departures : [at7], clock })
  await settle()
}

function change(departure: Departure): BoardMessage {
  const { id: departureId, revision } = departure
  const head = { id: '', departureId, revision, source: 'feed', at: 0, operationalAt: 0, fields: {} } as const
  return { type: 'changes', changes: [{ departure, change: head }] }
}

function stale(departure: Departure): Error {
  return new ORPCError('FL_DEPARTURE_STALE', { message: 'changed meanwhile', data: { departure } })
}

describe('the feed', () => {
  test('shows the board as soon as the first message is there', async () => {
    await goLive()
    expect(phase()).toBe('live')
    expect(shown()).toEqual(at7)
    expect(console.connection.getState().actor?.name).toBe('gate')
  })

  test('passes changes on, and pulses to clock and publishing', async () => {
    await goLive()
    desk.push(change({ ...at7, gate: 'C4', revision: 8 }))
    desk.push({ type: 'pulse', clock: { ...clock, rate: 60 }, publishing: { unpublished: 2, oldestAge: 11_000 } })
    await settle()
    expect(shown()?.gate).toBe('C4')
    expect(console.clock.getState().reading?.rate).toBe(60)
    expect(console.connection.getState().publishing.unpublished).toBe(2)
  })

  test('comes back after a loss, and keeps showing the board meanwhile', async () => {
    await goLive()
    desk.cut()
    await settle(0)
    expect(phase()).toBe('reconnecting')
    expect(shown()).toEqual(at7)
    await settle(600)
    await goLive({ ...at7, gate: 'D1', revision: 9 })
    expect(phase()).toBe('live')
    expect(shown()?.gate).toBe('D1')
  })

  test('tries ever more rarely while nobody answers, and at once when it is woken', async () => {
    await goLive()
    desk.isUp = false
    desk.cut()
    await settle(20_000)
    const tries = desk.connects
    expect(tries).toBeLessThan(8)
    console.retryNow()
    await settle(0)
    expect(desk.connects).toBe(tries + 1)
  })

  test('gives up a line that has gone silent', async () => {
    await goLive()
    await settle(SILENCE + 100)
    expect(phase()).toBe('reconnecting')
    await settle(1_000)
    expect(desk.connects).toBe(2)
  })

  test('stops for a sign-in and goes on after it', async () => {
    console.stop()
    desk.actor = null
    console = create()
    await settle(30_000)
    expect(phase()).toBe('signed-out')
    expect(desk.connects).toBe(2)
    await console.signIn({ name: 'ops', password: 'x' })
    await goLive()
    expect(console.connection.getState()).toMatchObject({ phase: 'live', actor: { name: 'ops' } })
  })

  test('says why when the session has ended', async () => {
    await goLive()
    desk.actor = null
    desk.fail(new ORPCError('FL_SESSION_EXPIRED', { message: 'Your session has ended; sign in again.' }))
    await settle(0)
    expect(console.connection.getState()).toMatchObject({
      phase: 'signed-out',
      actor: null,
      notice: 'Your session has ended; sign in again.',
    })
  })

  test('that was stopped changes nothing any more', async () => {
    console.stop()
    desk.actor = null
    console = create()
    console.stop()
    await settle(60_000)
    expect(phase()).toBe('connecting')
    expect(desk.connects).toBe(2)
  })

  test('ends with the person who signs out, even if the server cannot be told', async () => {
    await goLive()
    desk.isUp = false
    await console.signOut()
    await settle(0)
    expect(phase()).toBe('signed-out')
    expect(console.connection.getState().notice).toContain('could not be reached')
  })

  test('does not bring back whoever left while nobody could be told', async () => {
    await goLive()
    desk.isUp = false
    desk.cut()
    await settle(0)
    await console.signOut()
    desk.isUp = true
    await settle(60_000)
    expect(phase()).toBe('signed-out')
    await console.signIn({ name: 'ops', password: 'x' })
    await goLive()
    expect(console.connection.getState()).toMatchObject({ phase: 'live', actor: { name: 'ops' } })
  })
})

describe('a command', () => {
  test('shows its value only once it was accepted', async () => {
    await goLive()
    const { promise, resolve } = Promise.withResolvers<Departure>()
    desk.answer = async () => ({ departure: await promise, revision: 8 })
    const outcome = console.runner.run(at7, { kind: 'setGate', gate: 'b12' })
    await settle(0)
    expect(shown()?.gate).toBe('B3')
    expect(pending()?.stage).toBe('sending')
    resolve({ ...at7, gate: 'B12', revision: 8 })
    expect(await outcome).toBe('accepted')
    expect(shown()?.gate).toBe('B12')
    expect(pending()).toBeUndefined()
  })

  test('that cannot be right is told at once and not sent', async () => {
    await goLive()
    expect(await console.runner.run(at7, { kind: 'setGate', gate: 'no gate at all' })).toBe('refused')
    expect(desk.received).toHaveLength(0)
    expect(announced()[0]).toContain('is not a gate')
  })

  test('that the service refuses is told in its words', async () => {
    await goLive()
    desk.answer = () => Promise.reject(new ORPCError('FL_STATION_FOREIGN', { message: 'not your station' }))
    expect(await console.runner.run(at7, { kind: 'setGate', gate: 'B12' })).toBe('refused')
    expect(announced()).toEqual(['B6 739: not your station'])
    expect(pending()).toBeUndefined()
  })

  test('whose answer was lost is sent again under the same id when the connection is back', async () => {
    await goLive()
    desk.answer = () => new Promise(() => undefined)
    const outcome = console.runner.run(at7, { kind: 'setGate', gate: 'B12' })
    await settle(0)
    desk.cut()
    expect(await outcome).toBe('waiting')
    expect(pending()?.stage).toBe('waiting')
    desk.answer = async () => ({ departure: { ...at7, gate: 'B12', revision: 8 }, revision: 8 })
    await settle(600)
    await goLive()
    expect(desk.received.map(({ commandId }) => commandId)).toEqual([commandId(1), commandId(1)])
    expect(desk.received.map(({ revision }) => revision)).toEqual([7, 7])
    expect(shown()?.gate).toBe('B12')
    expect(pending()).toBeUndefined()
  })

  test('given while there is no connection is sent when there is one', async () => {
    await goLive()
    desk.isUp = false
    desk.cut()
    await settle(0)
    expect(await console.runner.run(at7, { kind: 'setGate', gate: 'B12' })).toBe('waiting')
    desk.isUp = true
    desk.answer = async () => ({ departure: { ...at7, gate: 'B12', revision: 8 }, revision: 8 })
    await settle(600)
    await goLive()
    expect(shown()?.gate).toBe('B12')
  })

  test('that waits is not sent for the next person', async () => {
    await goLive()
    desk.isUp = false
    desk.cut()
    await settle(0)
    await console.runner.run(at7, { kind: 'setGate', gate: 'B12' })
    await console.signOut()
    desk.isUp = true
    await console.signIn({ name: 'somebody else', password: 'x' })
    await settle(600)
    await goLive()
    expect(desk.received).toHaveLength(0)
    expect(console.commands.getState().pending).toHaveLength(0)
  })

  test('that finds the session ended asks for a sign-in and waits', async () => {
    await goLive()
    desk.answer = () => Promise.reject(new ORPCError('FL_SESSION_EXPIRED', { message: 'ended' }))
    expect(await console.runner.run(at7, { kind: 'setGate', gate: 'B12' })).toBe('waiting')
    expect(console.connection.getState()).toMatchObject({ phase: 'signed-out', notice: 'ended' })
    expect(pending()?.stage).toBe('waiting')
  })
})

describe('a stale command', () => {
  const theirs = { ...at7, gate: 'C1', revision: 8 }

  async function meetConflict() {
    await goLive()
    desk.answer = () => Promise.reject(stale(theirs))
    expect(await console.runner.run(at7, { kind: 'setGate', gate: 'B12' })).toBe('conflict')
    const [conflict] = console.commands.getState().conflicts
    if (!conflict) throw new Error('no conflict was raised')
    return conflict
  }

  test('shows what is there and asks', async () => {
    await meetConflict()
    expect(shown()?.gate).toBe('C1')
    expect(pending()).toBeUndefined()
  })

  test('is forgotten when theirs is kept', async () => {
    console.runner.keepTheirs(await meetConflict())
    expect(console.commands.getState().conflicts).toHaveLength(0)
    expect(desk.received).toHaveLength(1)
  })

  test('goes on top of what is there now, as a new command', async () => {
    const conflict = await meetConflict()
    desk.answer = async () => ({ departure: { ...theirs, gate: 'B12', revision: 10 }, revision: 10 })
    expect(await console.runner.applyMine(conflict, { ...theirs, revision: 9 })).toBe('accepted')
    expect(desk.received.at(-1)).toMatchObject({ revision: 9, gate: 'B12', commandId: commandId(2) })
    expect(shown()?.gate).toBe('B12')
  })

  test('goes on top by itself when nothing it touches has changed', async () => {
    await goLive()
    const moved = { ...at7, estimatedAt: at7.scheduledAt + 600_000, revision: 8 }
    desk.answer = async ({ revision }) => {
      if (revision === 7) throw stale(moved)
      return { departure: { ...moved, gate: 'B12', revision: 9 }, revision: 9 }
    }
    expect(await console.runner.run(at7, { kind: 'setGate', gate: 'B12' })).toBe('accepted')
    expect(desk.received.map(({ revision, commandId }) => [revision, commandId])).toEqual([
      [7, commandId(1)],
      [8, commandId(2)],
    ])
  })

  test('asks after all when the departure moves faster than the edit can follow', async () => {
    await goLive()
    desk.answer = ({ revision }) => Promise.reject(stale({ ...at7, revision: revision + 1 }))
    expect(await console.runner.run(at7, { kind: 'setGate', gate: 'B12' })).toBe('conflict')
    expect(desk.received).toHaveLength(6)
  })

  test('is done when somebody made the same change', async () => {
    await goLive()
    desk.answer = () => Promise.reject(stale({ ...at7, gate: 'B12', revision: 8 }))
    expect(await console.runner.run(at7, { kind: 'setGate', gate: 'B12' })).toBe('accepted')
    expect(announced()[0]).toContain('same change')
  })
})
