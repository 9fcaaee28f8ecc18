import { describe, expect, test } from 'vitest'
import { amendment, creation } from '../../testing/fixtures/amendment.ts'
import { edits, idsSince, listenTo, message, openBoardBench } from '../../testing/fixtures/board-bench.ts'
import { manualClock } from '../../testing/fixtures/clocks.ts'
import { departure, departures, NOON } from '../../testing/fixtures/departure.ts'
import { DAY, HOUR, MINUTE } from '../domain/instant.ts'
import type { BoardPosition } from '../events/position.ts'
import { type Board, openBoard } from './board.ts'

const ID = departure().id

/** A departure that comes into view so many milliseconds after {@link NOON}. */
function comingIn(milliseconds: number, flight = 'B61') {
  return departure({ id: `${flight}-2026-11-23-JFK`, scheduledAt: NOON + 3 * DAY + milliseconds - 1 })
}

/** A departure that goes out of view so many milliseconds after {@link NOON}. */
function goingIn(milliseconds: number) {
  return departure({ id: 'B69-2026-11-18-JFK', scheduledAt: NOON - 2 * DAY + milliseconds - 1 })
}

/** What a client has at the position where it stands: all that the board shows. */
function take(board: Board) {
  return { since: board.position(), has: new Set(board.all().keys()) }
}

/** Departures that a client does not get to see although it is told that it misses nothing. */
function missing(board: Board, { since, has }: ReturnType<typeof take>): readonly string[] {
  const told = board.changedSince(since)
  if (!told) throw new Error('the client starts anew')
  const shown = new Set([...has, ...told.map(({ id }) => id)])
  return [...board.all().keys()].filter((id) => !shown.has(id))
}

describe('the view of a board', () => {
  test('moves with the clock: what comes near is shown and told, what is long past is forgotten', async () => {
    const near = departure({ id: 'B61-2026-11-24-JFK', scheduledAt: NOON + 4 * DAY })
    const { board, clock } = await openBoardBench([departure(), near])
    const heard = listenTo(board)
    const start = board.position()
    await board.refresh()
    expect(heard).toEqual([])
    clock.advance(2 * DAY)
    await board.refresh()
    expect(heard).toEqual([`+${near.id}`])
    expect(board.get(ID)).toBeDefined()
    expect(idsSince(board, start)).toEqual([`${near.id}:1`])
    clock.advance(DAY)
    await board.refresh()
    expect([...board.all().keys()]).toEqual([near.id])
  })

  test('keeps a departure at its edge', async () => {
    const { board, clock } = await openBoardBench()
    clock.advance(2 * DAY + HOUR)
    await board.refresh()
    expect(board.get(ID)).toBeDefined()
  })

  test('shows a departure that was added at its new edge, or beyond, while the store was being read', async () => {
    const { parts, store, clock, publish } = await openBoardBench()
    const late = [comingIn(30_000, 'B61'), comingIn(90_000, 'B62')]
    let isAdded = false
    const departures: typeof store = {
      ...store,
      async listBetween(from, to) {
        const found = await store.listBetween(from, to)
        if (from > NOON - 2 * DAY && !isAdded) {
          isAdded = true
          clock.advance(MINUTE)
          for (const added of late) await publish(creation(added))
        }
        return found
      },
    }
    const board = await openBoard({ ...parts, departures })
    clock.advance(MINUTE)
    await board.refresh()
    expect(late.filter(({ id }) => !board.get(id))).toEqual([])
  })

  test('shows what the store has of a departure that came near while a new board read the past again', async () => {
    const late = comingIn(30_000)
    const { board: before, parts, log, clock, publish } = await openBoardBench([departure(), late])
    const start = before.position()
    for (const made of edits(late, ['C1', 'C2'])) await publish(made)
    const tail: typeof log.tail = (...given) => {
      clock.advance(MINUTE)
      return log.tail(...given)
    }
    const board = await openBoard({ ...parts, log: { ...log, tail }, past: 10 })
    await log.settled()
    await board.refresh()
    expect(board.get(late.id)?.gate).toBe('C2')
    expect(idsSince(board, start)).toEqual([`${late.id}:3`])
  })

  test('is read by one refresh at a time', async () => {
    const { parts, store, clock } = await openBoardBench([departure(), comingIn(MINUTE)])
    let reads = 0
    const listBetween: typeof store.listBetween = (from, to) => {
      reads += 1
      return store.listBetween(from, to)
    }
    const board = await openBoard({ ...parts, departures: { ...store, listBetween } })
    clock.advance(MINUTE)
    await Promise.all([board.refresh(), board.refresh()])
    expect(reads).toBe(2)
    expect(board.all().size).toBe(2)
  })
})

describe('whoever resumes gets what came into view meanwhile', () => {
  test('when its gateway ended before showing it, and no more than that', async () => {
    const late = comingIn(30_000)
    const { board, parts, clock } = await openBoardBench([...departures(5), late])
    const client = take(board)
    clock.advance(MINUTE)
    await board.close()
    const next = await openBoard({ ...parts, past: 10 })
    expect(idsSince(next, client.since)).toEqual([`${late.id}:1`])
    expect(idsSince(next, next.position())).toEqual([])
  })

  test('when another gateway shows it earlier', async () => {
    const late = comingIn(30_000)
    const { board, parts, clock, publish } = await openBoardBench([departure(), late])
    const other = await openBoard(parts)
    clock.advance(MINUTE)
    await other.refresh()
    await publish(amendment())
    const client = take(board)
    expect(missing(other, client)).toEqual([])
    await board.refresh()
    expect(idsSince(other, take(board).since)).toEqual([])
    expect(idsSince(board, take(other).since)).toEqual([])
  })

  test.each([1, 60, 600])('when a minute of ours is %i minutes of the day that is shown', async (rate) => {
    const late = Array.from({ length: 6 }, (_, at) => comingIn((at + 1) * 10 * rate * 1000, `B6${at + 1}`))
    const { board, parts, clock } = await openBoardBench([departure(), ...late], { rate })
    const client = take(board)
    clock.advance(MINUTE)
    const next = await openBoard({ ...parts, past: 10 })
    expect(idsSince(next, client.since)).toHaveLength(6)
    expect(missing(next, client)).toEqual([])
  })

  test('when it was away for an hour in which nothing was changed', async () => {
    const late = Array.from({ length: 6 }, (_, at) => comingIn(at * 10 * MINUTE + 1, `B6${at + 1}`))
    const { board, parts, clock } = await openBoardBench([departure(), ...late])
    const client = take(board)
    for (let minute = 0; minute < 60; minute += 1) {
      clock.advance(MINUTE)
      await board.refresh()
    }
    const next = await openBoard({ ...parts, past: 10 })
    for (const gateway of [board, next]) expect(idsSince(gateway, client.since)).toHaveLength(6)
    expect(idsSince(next, board.position())).toEqual([])
  })

  test('also when changes of other departures came after it', async () => {
    const late = comingIn(30_000)
    const { board, clock, publish } = await openBoardBench([departure(), late])
    const client = take(board)
    clock.advance(MINUTE)
    await board.refresh()
    for (const made of edits(departure(), ['C1', 'C2'])) await publish(made)
    expect(missing(board, client)).toEqual([])
    expect(idsSince(board, board.position())).toEqual([])
  })

  test('when it got only a part of what was told of the new view', async () => {
    const late = [comingIn(10_000, 'B61'), comingIn(20_000, 'B62')]
    const { board, clock } = await openBoardBench([departure(), ...late])
    const positions: BoardPosition[] = []
    board.subscribe({ changed: () => undefined, entered: () => positions.push(board.position()) })
    clock.advance(MINUTE)
    await board.refresh()
    expect(positions.map((since) => idsSince(board, since))).toEqual([late.map(({ id }) => `${id}:1`)])
  })

  test('and what another gateway still shows that had gone out of view on its own before it came', async () => {
    const old = goingIn(30_000)
    const { board, parts, clock } = await openBoardBench([departure(), old])
    const other = await openBoard(parts)
    clock.advance(MINUTE)
    await board.refresh()
    expect(board.get(old.id)).toBeUndefined()
    expect(missing(other, take(board))).toEqual([])
  })

  test('in the state that was told before it came into view here, where the clocks of two gateways differ', async () => {
    const late = comingIn(2 * MINUTE)
    const [seed, early] = [[departure(), late], manualClock(NOON + 5 * MINUTE)]
    const { board, parts, clock, publish } = await openBoardBench(seed, { partitions: 3 })
    const before = board.position()
    const ahead = await openBoard({ ...parts, clock: early })
    const { from, until } = ahead.position()
    await publish(amendment(late))
    await publish(amendment())
    clock.advance(5 * MINUTE)
    await board.refresh()
    // Its gateway was ahead with its clock and behind with the log.
    expect(idsSince(board, { ...before, from, until })).toContain(`${late.id}:2`)
  })

  test('also what the store had before the log told of it', async () => {
    const { board, store, log } = await openBoardBench()
    const client = take(board)
    const added = creation(comingIn(-HOUR, 'B65'))
    await store.commit(added)
    await board.refresh()
    expect(missing(board, client)).toEqual([])
    await log.append('flight_updates', [message(added)])
    await log.settled()
    expect(idsSince(board, client.since)).toEqual([`${added.next.id}:1`])
  })
})

describe('a departure that is moved out of the view', () => {
  test('stays while it lies ahead, and whoever resumes is told of it', async () => {
    const { board, publish } = await openBoardBench()
    const { since } = take(board)
    const moved = amendment(departure(), { scheduledAt: NOON + 5 * DAY })
    await publish(moved)
    await board.refresh()
    expect(idsSince(board, since)).toEqual([`${ID}:2`])
  })
})
