import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { HOUR } from '../../shared/domain/instant.ts'
import { boardDeparture } from '../../testing/fixtures/board-departure.ts'
import { type ConsoleBench, createConsoleBench, pushSnapshot } from '../../testing/fixtures/console-bench.ts'
import { consoleCommand } from '../../testing/fixtures/console-command.ts'
import { createFakeDesktop, type FakeDesktop } from '../../testing/fixtures/fake-desktop.ts'
import { clocksAt } from './clock-store.ts'
import type { Console } from './console.ts'
import { LOOK_EVERY } from './desktop-side.ts'
import { SETTLED_AFTER } from './report-attention.ts'

const gate = { name: 'gate', role: 'gate', stations: ['*'] } as const
const departure = boardDeparture()
const clock = { wall: 1_000, operational: departure.scheduledAt, rate: 1 }
const recollection = { actor: gate, departures: [departure], clock, age: 2 * HOUR }

let bench: ConsoleBench
let desktop: FakeDesktop
let console: Console

beforeEach(() => {
  vi.useFakeTimers()
  desktop = createFakeDesktop()
  bench = createConsoleBench(() => performance.now(), desktop.root)
  bench.desk.isUp = false
  bench.desk.actor = gate
})

afterEach(() => {
  bench.stop()
  vi.useRealTimers()
})

const settle = (milliseconds = 100) => vi.advanceTimersByTimeAsync(milliseconds)

async function open(): Promise<void> {
  console = bench.open()
  await settle()
}

async function goLive(): Promise<void> {
  bench.desk.isUp = true
  console.retryNow()
  await settle(0)
  pushSnapshot(bench.desk, [{ ...departure, gate: 'C1', revision: 9 }], clock)
  await settle()
}

test('what waits is for the service it was meant for: another one gets none of it', async () => {
  await open()
  await goLive()
  bench.desk.isUp = false
  bench.desk.cut()
  await settle()
  await console.runner.run(departure, { kind: 'setGate', gate: 'B12' })
  expect(console.commands.getState().pending).toHaveLength(1)
  desktop.state = { ...desktop.state, service: null }
  await settle(10_000)
  expect(console.commands.getState().pending).toHaveLength(1)
  // Main gives out what was kept for the present service, and nothing else.
  bench.keeper.kept.clear()
  desktop.state = { ...desktop.state, service: 'served-2' }
  await settle(10_000)
  await goLive()
  expect(console.commands.getState().pending).toEqual([])
  expect(bench.desk.received).toEqual([])
})

describe('what this desktop saw last', () => {
  test('is there at once when nobody answers, for the person it belongs to, with its age', async () => {
    desktop.recollection = recollection
    await open()
    const { phase, actor, heardAt = 0 } = console.connection.getState()
    expect(console.board.getState().departures.get(departure.id)).toEqual(departure)
    expect([phase, actor?.name]).toEqual(['reconnecting', 'gate'])
    expect(performance.now() - heardAt).toBeGreaterThanOrEqual(2 * HOUR)
    expect(clocksAt(console.clock.getState(), performance.now())?.wall).toBeGreaterThanOrEqual(1_000 + 2 * HOUR)
  })

  test('gives way to what the service says', async () => {
    desktop.recollection = recollection
    await open()
    await goLive()
    expect(console.connection.getState().phase).toBe('live')
    expect(console.board.getState().departures.get(departure.id)?.gate).toBe('C1')
  })

  test('comes too late when the service was faster', async () => {
    const { promise, resolve } = Promise.withResolvers<typeof recollection>()
    desktop.recollection = promise
    await open()
    await goLive()
    resolve(recollection)
    await settle()
    expect(console.connection.getState().phase).toBe('live')
    expect(console.board.getState().departures.get(departure.id)?.gate).toBe('C1')
  })

  test('is nothing when there is nothing', async () => {
    await open()
    expect(console.board.getState().isLoaded).toBe(false)
    expect(console.connection.getState().phase).toBe('connecting')
  })

  test('lets changes be made on it, which wait', async () => {
    desktop.recollection = recollection
    await open()
    expect(await console.runner.run(departure, { kind: 'setGate', gate: 'B12' })).toBe('waiting')
    expect(console.commands.getState().pending[0]?.command.owner).toBe('gate')
  })
})

describe('a window', () => {
  test('of one station shows that station first', async () => {
    desktop.purpose = { station: 'EWR', isWall: false }
    await open()
    expect(console.view.getState().stations).toEqual(['EWR'])
    expect(console.desktop?.purpose.getState().station).toBe('EWR')
  })

  test('of all stations filters nothing', async () => {
    await open()
    expect(console.view.getState().stations).toEqual([])
  })

  test('that gets another purpose tells main', async () => {
    await open()
    console.desktop?.become({ station: 'EWR', isWall: true })
    await settle()
    expect(desktop.purpose).toEqual({ station: 'EWR', isWall: true })
  })
})

describe('signing in at another window', () => {
  test('takes this one along', async () => {
    bench.desk.isUp = true
    bench.desk.actor = null
    await open()
    expect(console.connection.getState().phase).toBe('signed-out')
    bench.desk.actor = gate
    desktop.actor = gate
    await settle(LOOK_EVERY)
    pushSnapshot(bench.desk, [departure], clock)
    await settle()
    expect(console.connection.getState()).toMatchObject({ phase: 'live', actor: { name: 'gate' } })
  })

  test('leaves this one alone while nobody has', async () => {
    bench.desk.isUp = true
    bench.desk.actor = null
    await open()
    await settle(LOOK_EVERY * 5)
    expect(console.connection.getState().phase).toBe('signed-out')
    expect(bench.desk.connects).toBe(1)
  })
})

describe('attention', () => {
  const command = consoleCommand()

  test('is reported once it has settled, and only when it has changed', async () => {
    await open()
    await goLive()
    await settle(SETTLED_AFTER)
    const before = desktop.reports.length
    console.commands.setState({ pending: [{ command, stage: 'sending' }] })
    console.commands.setState({ pending: [] })
    await settle(SETTLED_AFTER)
    expect(desktop.reports).toHaveLength(before)
    console.commands.setState({ pending: [{ command, stage: 'waiting' }] })
    await settle(SETTLED_AFTER)
    expect(desktop.reports.at(-1)).toEqual({ phase: 'live', waiting: 1, conflicts: 0, failed: 0 })
  })

  test('is called for a conflict and for what was not made, once each', async () => {
    await open()
    console.commands.setState({ conflicts: [{ command, theirs: departure }] })
    console.commands.setState({ conflicts: [], failed: [{ command, kind: 'expired', words: 'too late' }] })
    console.commands.setState({ pending: [] })
    await settle()
    expect(desktop.alerts.map(({ kind, title, departureId }) => [kind, title, departureId])).toEqual([
      ['conflict', 'B6 739: changes in conflict', departure.id],
      ['failed', 'B6 739: your change ran out of time', departure.id],
    ])
  })

  test('is called when the connection is lost, not while the first one is made', async () => {
    desktop.recollection = recollection
    await open()
    expect(desktop.alerts).toEqual([])
    await goLive()
    bench.desk.cut()
    await settle()
    expect(desktop.alerts.map(({ kind }) => kind)).toEqual(['lost'])
  })
})

test('the state of the desktop is followed', async () => {
  desktop.state = { ...desktop.state, mode: 'unconfigured' }
  await open()
  expect(console.desktop?.state.getState().desktop?.mode).toBe('unconfigured')
})

test('a page in a browser has no desktop', async () => {
  const browser = createConsoleBench(() => 0)
  expect(browser.open().desktop).toBeUndefined()
  browser.stop()
})
