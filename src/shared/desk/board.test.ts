import { describe, expect, test } from 'vitest'
import { amendment, creation } from '../../testing/fixtures/amendment.ts'
import { edits, idsSince, listenTo, message, openBoardBench } from '../../testing/fixtures/board-bench.ts'
import { departure, departures, NOON } from '../../testing/fixtures/departure.ts'
import { eventually } from '../../testing/fixtures/eventually.ts'
import { memoryDepartures } from '../../testing/twins/memory-departures.ts'
import { DAY } from '../domain/instant.ts'
import { type BoardPosition, covers } from '../events/position.ts'
import { openBoard } from './board.ts'

const ID = 'B6739-2026-11-20-JFK'

describe('board', () => {
  test('shows what the store has around now, and nothing from other weeks', async () => {
    const far = departure({ id: 'B61-2026-12-20-JFK', scheduledAt: NOON + 30 * DAY })
    const past = departure({ id: 'B62-2026-10-20-JFK', scheduledAt: NOON - 30 * DAY })
    const { board } = await openBoardBench([departure(), far, past])
    expect([...board.all().keys()]).toEqual([ID])
    expect(board.get(ID)?.gate).toBe('B12')
    expect(board.get(far.id)).toBeUndefined()
  })

  test('tells its listeners of a change, with a position that covers it', async () => {
    const { board, publish } = await openBoardBench()
    const before = board.position()
    const positions: BoardPosition[] = []
    board.subscribe({ changed: (changes) => positions.push(...changes.map(({ position }) => position)) })
    await publish(amendment())
    expect(board.get(ID)?.gate).toBe('C7')
    expect(positions).toEqual([board.position()])
    expect(covers(board.position(), before)).toBe(true)
    expect(board.position()).not.toEqual(before)
  })

  test('a departure that was added comes up, one for a day next month does not', async () => {
    const { board, publish } = await openBoardBench()
    const heard = listenTo(board)
    await publish(creation(departure({ id: 'B61-2026-11-20-JFK' })))
    await publish(creation(departure({ id: 'B61-2026-12-20-JFK', scheduledAt: NOON + 30 * DAY })))
    expect(heard).toEqual(['B61-2026-11-20-JFK:1'])
    expect(board.all().size).toBe(2)
  })

  test('who unsubscribed or closed hears no more', async () => {
    const { board, publish } = await openBoardBench()
    const heard: string[] = []
    const stop = board.subscribe({ changed: () => heard.push('changed') })
    stop()
    await publish(amendment())
    await board.close()
    expect(heard).toEqual([])
  })

  test('never shows an older revision after a newer one, and tells of each once', async () => {
    const { board, log } = await openBoardBench()
    const heard = listenTo(board)
    const [second, third] = edits(departure(), ['C2', 'C3']).map(message)
    if (!second || !third) throw new Error('two edits were made')
    await log.append('flight_updates', [second, third, second, third, third, second])
    await log.settled()
    expect(heard).toEqual([`${ID}:2`, `${ID}:3`])
    expect(board.get(ID)?.gate).toBe('C3')
  })

  test('a listener that throws does not keep the others from hearing', async () => {
    const { board, publish, logger } = await openBoardBench()
    board.subscribe({
      changed() {
        throw new Error('broken listener')
      },
    })
    const heard = listenTo(board)
    await publish(amendment())
    expect(heard).toEqual([`${ID}:2`])
    expect(logger.lines).toMatchObject([{ level: 'error' }])
  })
})

describe('board and records that cannot be read', () => {
  test.each([
    ['no JSON', '{'],
    ['a tombstone', undefined],
    ['another event', '{"specversion":"1.0"}'],
  ])('%s is set aside and the partition moves on', async (_name, value) => {
    const { board, log, publish } = await openBoardBench()
    log.inject('flight_updates', value)
    await publish(amendment())
    expect(board.get(ID)?.gate).toBe('C7')
    expect(await log.buried('flight_updates')).toHaveLength(1)
    expect(board.position().offsets).toEqual([2])
  })

  test('changes of a batch are not lost when setting its poison aside fails first', async () => {
    const { board, log } = await openBoardBench()
    const heard = listenTo(board)
    const [second, third] = edits(departure(), ['C2', 'C3']).map(message)
    if (!second || !third) throw new Error('two edits were made')
    await log.append('flight_updates', [second])
    log.inject('flight_updates', 'poison')
    await log.append('flight_updates', [third])
    log.failWith(new Error('broker away'))
    await new Promise((resolve) => setTimeout(resolve, 20))
    log.failWith(undefined)
    await log.settled()
    expect(heard).toEqual([`${ID}:2`, `${ID}:3`])
    expect(await log.buried('flight_updates')).toHaveLength(1)
  })

  test('each poison record is set aside once, when setting aside the second of a batch fails first', async () => {
    const { board: other, parts, log } = await openBoardBench()
    await other.close()
    const asked: number[] = []
    const bury: typeof log.bury = async (record, reason) => {
      asked.push(record.offset)
      if (asked.length === 2) throw new Error('broker away')
      await log.bury(record, reason)
    }
    for (const value of ['first', 'second', 'third']) log.inject('flight_updates', value)
    const board = await openBoard({ ...parts, log: { ...log, bury }, past: 10 })
    await log.settled()
    expect(board.position().offsets).toEqual([3])
    expect(asked).toEqual([0, 1, 1, 2])
    const buried = await log.buried('flight_updates')
    expect(buried.map(({ record }) => record.value)).toEqual(['first', 'second', 'third'])
  })

  test('poison of the next life of the log is set aside as well', async () => {
    const { log } = await openBoardBench()
    log.inject('flight_updates', 'first')
    await log.settled()
    log.recreate('flight_updates')
    log.inject('flight_updates', 'second')
    await log.settled()
    expect(await log.buried('flight_updates')).toHaveLength(2)
  })
})

describe('what changed since a position', () => {
  test('holds each departure once, with its present revision', async () => {
    const { board, publish } = await openBoardBench(departures(3))
    const start = board.position()
    const [first, second] = [...board.all().values()]
    if (!first || !second) throw new Error('three were seeded')
    for (const made of edits(first, ['C1', 'C2'])) await publish(made)
    const middle = board.position()
    await publish(amendment(second, { gate: 'D1' }))
    expect(idsSince(board, start)).toEqual([`${first.id}:3`, `${second.id}:2`])
    expect(idsSince(board, middle)).toEqual([`${second.id}:2`])
    expect(idsSince(board, board.position())).toEqual([])
  })

  test('is told per partition', async () => {
    const { board, publish } = await openBoardBench(departures(8), { partitions: 4 })
    const start = board.position()
    expect(start.offsets).toHaveLength(4)
    for (const each of [...board.all().values()]) await publish(amendment(each, { gate: 'C1' }))
    expect(idsSince(board, start)).toHaveLength(8)
    expect(idsSince(board, board.position())).toEqual([])
  })

  test('cannot be told for another epoch, before the beginning, ahead, or another number of partitions', async () => {
    const { board, publish, parts } = await openBoardBench()
    const start = board.position()
    await publish(amendment())
    const later = await openBoard(parts)
    expect(later.changedSince(start)).toBeUndefined()
    expect(board.changedSince({ ...start, epoch: 'another' })).toBeUndefined()
    expect(board.changedSince({ ...start, offsets: [99] })).toBeUndefined()
    expect(board.changedSince({ ...start, offsets: [0, 0] })).toBeUndefined()
    expect(idsSince(board, start)).toEqual([`${ID}:2`])
  })

  test('holds what the store had and the log had not when the board was opened', async () => {
    const { store, log, parts } = await openBoardBench()
    const [second, third] = edits(departure(), ['C2', 'C3'])
    if (!second || !third) throw new Error('two edits were made')
    await store.commit(second)
    await store.commit(third)
    const board = await openBoard(parts)
    const start = board.position()
    const heard = listenTo(board)
    expect(idsSince(board, start)).toEqual([`${ID}:3`])
    await log.append('flight_updates', [message(second)])
    await log.settled()
    expect(idsSince(board, start)).toEqual([`${ID}:3`])
    await log.append('flight_updates', [message(third), message(third)])
    await log.settled()
    // Revision 3 is told although the board showed it already: who resumed in between has not seen it.
    expect(heard).toEqual([`${ID}:3`])
    expect(idsSince(board, start)).toEqual([`${ID}:3`])
    expect(idsSince(board, board.position())).toEqual([])
  })
})

describe('a log that lost its past', () => {
  test('the board is read again from the store and its listeners are told', async () => {
    const { board, store, log, publish } = await openBoardBench()
    const before = board.position()
    const heard = listenTo(board)
    store.seed(departure({ gate: 'Z9', revision: 7 }))
    log.recreate('flight_updates')
    await eventually(() => heard.includes('reset'))
    expect(board.get(ID)?.gate).toBe('Z9')
    expect(board.position().epoch).not.toBe(before.epoch)
    expect(board.changedSince(before)).toBeUndefined()
    await publish(amendment(departure({ gate: 'Z9', revision: 7 }), { gate: 'A1' }))
    expect(heard).toEqual(['reset', `${ID}:8`])
  })

  test('records that come while the store is read wait for it', async () => {
    const { board, store, log } = await openBoardBench()
    const heard = listenTo(board)
    const next = amendment(departure({ revision: 7 }), { gate: 'A1' })
    store.seed(departure({ revision: 7 }))
    log.recreate('flight_updates')
    await log.append('flight_updates', [message(next)])
    await log.settled()
    expect(heard).toEqual(['reset', `${ID}:8`])
    expect(board.position().offsets).toEqual([1])
  })

  test('a store that is away meanwhile delays the repair, and nothing is told as recovered until then', async () => {
    const { board, store, log, logger } = await openBoardBench()
    const heard = listenTo(board)
    store.seed(departure({ gate: 'Z9', revision: 7 }))
    store.failWith(new Error('store away'))
    log.recreate('flight_updates')
    await eventually(() => logger.lines.length > 0)
    expect(heard).toEqual([])
    expect(board.changedSince(board.position())).toBeUndefined()
    await expect(board.refresh()).rejects.toThrow('store away')
    store.failWith(undefined)
    await board.refresh()
    expect(heard).toEqual(['reset'])
    expect(board.get(ID)?.gate).toBe('Z9')
    expect(board.changedSince(board.position())).toEqual([])
  })

  test('a batch finds the store back and goes on', async () => {
    const { board, store, log, logger } = await openBoardBench()
    const heard = listenTo(board)
    store.failWith(new Error('store away'))
    log.recreate('flight_updates')
    await eventually(() => logger.lines.length > 0)
    await log.append('flight_updates', [message(amendment())])
    store.failWith(undefined)
    await log.settled()
    expect(heard).toEqual(['reset', `${ID}:2`])
    expect(board.get(ID)?.gate).toBe('C7')
  })
})

describe('a board that begins in the past', () => {
  const [A, B] = departures(2).map(({ id }) => id)

  /** Publishes edits with one board, and opens its successor. */
  async function succeed(past: number, gates: readonly string[]) {
    const scene = await openBoardBench(departures(2))
    const positions = [scene.board.position()]
    const [first] = departures(2)
    if (!first) throw new Error('there are two')
    for (const made of edits(first, gates)) {
      await scene.publish(made)
      positions.push(scene.board.position())
    }
    await scene.board.close()
    const board = await openBoard({ ...scene.parts, past })
    await scene.log.settled()
    return { ...scene, board, positions }
  }

  test('accounts for positions that its predecessor gave out', async () => {
    const { board, positions } = await succeed(10, ['C1', 'C2', 'C3'])
    expect(positions.map((since) => idsSince(board, since))).toEqual([[`${A}:4`], [`${A}:4`], [`${A}:4`], []])
    expect(board.position()).toEqual(positions.at(-1))
  })

  test('says of what lies before its past that it does not know', async () => {
    const { board, positions } = await succeed(2, ['C1', 'C2', 'C3'])
    expect(positions.map((since) => idsSince(board, since))).toEqual([undefined, [`${A}:4`], [`${A}:4`], []])
  })

  test('shows the present of the store at once, and never goes back while it reads', async () => {
    const { parts, log, board: before } = await succeed(0, ['C1', 'C2', 'C3'])
    await before.close()
    const board = await openBoard({ ...parts, past: 10 })
    expect(board.get(A ?? '')?.gate).toBe('C3')
    const revisions: number[] = []
    board.subscribe({ changed: (changes) => revisions.push(...changes.map(({ departure: { revision } }) => revision)) })
    await log.settled()
    expect(board.get(A ?? '')?.gate).toBe('C3')
    expect(revisions.every((revision) => revision === 4)).toBe(true)
  })

  test('knows what came after its past as well', async () => {
    const { board, positions, publish } = await succeed(10, ['C1'])
    const second = departures(2).at(1)
    if (!second) throw new Error('there are two')
    await publish(amendment(second, { gate: 'D1' }))
    expect(idsSince(board, positions[0] ?? board.position())?.toSorted()).toEqual([`${A}:2`, `${B}:2`])
    expect(idsSince(board, positions[1] ?? board.position())).toEqual([`${B}:2`])
  })

  test('starts where the log does when less is kept', async () => {
    const { board, positions } = await succeed(1_000_000, [])
    expect(idsSince(board, positions[0] ?? board.position())).toEqual([])
  })

  test('holds with a store that was given back an older state: the log does not know better, and what comes is news', async () => {
    const { parts, log, logger } = await succeed(0, ['C1', 'C2', 'C3'])
    const restored = memoryDepartures()
    restored.seed(...departures(1))
    const board = await openBoard({ ...parts, departures: restored, past: 10 })
    await log.settled()
    expect(board.get(A ?? '')?.revision).toBe(1)
    expect(logger.lines).toEqual([
      {
        level: 'warn',
        fields: { departureId: A, revision: 2 },
        message: 'the log tells of changes that the store has not: was the store restored, or is it another?',
      },
    ])
    const [next] = edits(departure({ id: A ?? '' }), ['D1'])
    if (!next) throw new Error('there is one edit')
    const heard = listenTo(board)
    await restored.commit(next)
    await log.append('flight_updates', [message(next)])
    await log.settled()
    expect(board.get(A ?? '')?.gate).toBe('D1')
    expect(heard).toHaveLength(1)
  })

  test('shows nothing of departures that the store has no more', async () => {
    const { parts, log } = await succeed(0, ['C1'])
    const board = await openBoard({ ...parts, departures: memoryDepartures(), past: 10 })
    await log.settled()
    expect([...board.all().keys()]).toEqual([])
  })
})
