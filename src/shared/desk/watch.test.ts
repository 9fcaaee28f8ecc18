import { describe, expect, test } from 'vitest'
import { amendment } from '../../testing/fixtures/amendment.ts'
import { manualClock } from '../../testing/fixtures/clocks.ts'
import { departure, departures, NOON } from '../../testing/fixtures/departure.ts'
import { manualTimer } from '../../testing/twins/manual-timer.ts'
import { memoryDepartures } from '../../testing/twins/memory-departures.ts'
import type { Departure } from '../domain/departure.ts'
import { FlightlineError } from '../lib/errors.ts'
import type { Board, BoardChange, BoardListener } from './board.ts'
import type { Connection } from './parts.ts'
import { PULSE, watchBoard } from './watch.ts'

const position = { epoch: 'e', offsets: [0], from: 0, until: 1 }

/** A board whose listeners a test calls. */
function openBoard(...present: readonly Departure[]) {
  const listeners = new Set<BoardListener>()
  const all = new Map(present.map((entry) => [entry.id, entry]))
  const board: Pick<Board, 'all' | 'subscribe'> = {
    all: () => all,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const tell = (event: (listener: BoardListener) => void) => listeners.forEach(event)
  return { board, listeners, tell }
}

function change(of: Departure, gate: string): BoardChange {
  const { next, change: made } = amendment(of, { gate })
  return { departure: next, change: made, position }
}

function openWatch(...present: readonly Departure[]) {
  const view = openBoard(...present)
  const [timer, store, clock] = [manualTimer(), memoryDepartures(), manualClock()]
  const abort = new AbortController()
  const session: { error: Error | undefined; asked: number } = { error: undefined, asked: 0 }
  const connection: Pick<Connection, 'actor'> = {
    async actor() {
      session.asked += 1
      if (session.error) throw session.error
      return { name: 'gwen', role: 'gate', stations: ['JFK'] }
    },
  }
  const parts = { board: view.board, stores: { departures: store }, clock, timer }
  const watch = watchBoard(parts, connection, abort.signal)
  return { ...view, watch, timer, store, clock, abort, session }
}

async function openStarted(...present: readonly Departure[]) {
  const opened = openWatch(...present)
  expect(await opened.watch.next()).toMatchObject({ value: { type: 'snapshot' } })
  expect(await opened.watch.next()).toMatchObject({ value: { type: 'pulse' } })
  return opened
}

describe('live board', () => {
  test('what changes between the snapshot and the next look is not lost', async () => {
    const { watch, tell } = openWatch(departure())
    await watch.next()
    tell((listener) => listener.changed([change(departure(), 'C1')]))
    expect(await watch.next()).toMatchObject({ value: { type: 'changes', changes: [{ departure: { gate: 'C1' } }] } })
  })

  test('a console that is behind gets the latest of each departure only, in order of the last change', async () => {
    const [first, second] = [departure(), departure({ id: 'DL1-2026-11-20-JFK' })]
    const { watch, tell } = await openStarted(first, second)
    tell((listener) => listener.changed([change(second, 'D1')]))
    for (let index = 0; index < 600; index += 1) {
      tell((listener) => listener.changed([change({ ...first, gate: 'X', revision: index + 1 }, 'C1')]))
    }
    tell((listener) => listener.changed([change({ ...second, revision: 2 }, 'D2')]))
    const { value } = await watch.next()
    const changes = value?.type === 'changes' ? value.changes : []
    expect(changes.length).toBeLessThan(600)
    expect(changes.at(-1)?.departure).toMatchObject({ id: second.id, revision: 3 })
    expect(changes.findLast((entry) => entry.departure.id === first.id)?.departure.revision).toBe(601)
  })

  test('a log that lost its past is answered by a snapshot, which holds what waited', async () => {
    const { watch, tell } = await openStarted(...departures(3))
    tell((listener) => listener.changed([change(departure(), 'C1')]))
    tell((listener) => listener.reset?.())
    const { value } = await watch.next()
    expect(value).toMatchObject({ type: 'snapshot' })
    expect(value?.type === 'snapshot' && value.departures).toHaveLength(3)
    tell((listener) => listener.changed([change(departure(), 'C2')]))
    expect(await watch.next()).toMatchObject({ value: { type: 'changes', changes: [{ departure: { gate: 'C2' } }] } })
  })

  test('departures that time brought into view come as a snapshot', async () => {
    const { watch, tell } = await openStarted(departure())
    tell((listener) => listener.entered?.([departure({ id: 'DL1-2026-11-20-JFK' })]))
    expect(await watch.next()).toMatchObject({ value: { type: 'snapshot' } })
  })

  test('a pulse tells how much waits to be published, and since when', async () => {
    const { watch, timer, store, clock } = await openStarted(departure())
    store.seed(departure())
    await store.commit(amendment(departure(), { gate: 'C1' }))
    clock.advance(90_000)
    timer.fire(PULSE)
    expect(await watch.next()).toMatchObject({
      value: { type: 'pulse', clock: { wall: NOON + 90_000 }, publishing: { unpublished: 1, oldestAge: 90_000 } },
    })
  })

  test('a clock that was set back makes no negative age', async () => {
    const { watch, timer, store, clock } = await openStarted(departure())
    store.seed(departure())
    await store.commit(amendment(departure(), { gate: 'C1' }))
    clock.set({ wall: NOON - 90_000 })
    timer.fire(PULSE)
    expect(await watch.next()).toMatchObject({ value: { publishing: { oldestAge: 0 } } })
  })

  test('the session is asked for at each pulse, and its end is the end', async () => {
    const { watch, timer, session, listeners } = await openStarted(departure())
    session.error = new FlightlineError('FL_SESSION_EXPIRED')
    const next = watch.next()
    timer.fire(PULSE)
    await expect(next).rejects.toMatchObject({ code: 'FL_SESSION_EXPIRED' })
    expect(session.asked).toBe(2)
    expect([listeners.size, timer.waiting(PULSE)]).toEqual([0, 0])
  })

  test('the signal ends it while it waits', async () => {
    const { watch, abort, listeners, timer } = await openStarted(departure())
    const next = watch.next()
    abort.abort()
    expect(await next).toEqual({ done: true, value: undefined })
    expect([listeners.size, timer.waiting(PULSE)]).toEqual([0, 0])
  })

  test('a signal that came before leaves nothing behind either', async () => {
    const { watch, abort, listeners } = openWatch(departure())
    abort.abort()
    await watch.next()
    expect(await watch.next()).toMatchObject({ done: true })
    expect(listeners.size).toBe(0)
  })

  test('whoever returns early is unsubscribed', async () => {
    const { watch, listeners } = await openStarted(departure())
    await watch.return(undefined)
    expect(listeners.size).toBe(0)
  })
})
