import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { BoardPosition } from '../../src/shared/events/position.ts'
import { createCatchUp } from './catch-up.ts'

const PATIENCE = 2_000
const STEP = 25

/** A board that is where the test puts it, and who waits for it. */
function createWorld() {
  let position: BoardPosition = { epoch: 'e', offsets: [0], from: 0, until: 1 }
  const catchUp = createCatchUp({ position: () => position }, PATIENCE)
  const answered: string[] = []
  const counts = { looks: 0 }
  const ask = (name: string, offset: number, client = { waits: 0, isGone: false }) => {
    const isHere = () => {
      counts.looks += 1
      return (position.offsets[0] ?? 0) >= offset
    }
    catchUp.whenHere({ client, isGone: () => client.isGone, isHere, answer: () => void answered.push(name) })
    return client
  }
  const moveTo = (offset: number) => {
    position = { ...position, offsets: [offset] }
  }
  return { catchUp, answered, counts, ask, moveTo }
}

let world: ReturnType<typeof createWorld>

beforeEach(() => {
  vi.useFakeTimers()
  world = createWorld()
})

afterEach(() => {
  world.catchUp.close()
  vi.useRealTimers()
})

describe('whoever is ahead of this gateway', () => {
  test('is answered when the log has arrived where they are, and not before', () => {
    const early = world.ask('early', 1)
    world.ask('late', 2)
    world.moveTo(1)
    vi.advanceTimersByTime(STEP)
    expect(world.answered).toEqual(['early'])
    expect(early.waits).toBe(0)
    world.moveTo(2)
    vi.advanceTimersByTime(STEP)
    expect(world.answered).toEqual(['early', 'late'])
  })

  test('is answered at once where the log is there already', () => {
    world.ask('here', 0)
    expect(world.answered).toEqual(['here'])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('is answered anyway when the time is over, each in their own', () => {
    world.ask('first', 9)
    vi.advanceTimersByTime(PATIENCE / 2)
    world.ask('second', 9)
    vi.advanceTimersByTime(PATIENCE / 2 - 1)
    expect(world.answered).toEqual([])
    vi.advanceTimersByTime(STEP)
    expect(world.answered).toEqual(['first'])
    vi.advanceTimersByTime(PATIENCE / 2)
    expect(world.answered).toEqual(['first', 'second'])
  })

  test('and gone gets no answer', () => {
    const client = world.ask('gone', 1)
    client.isGone = true
    world.moveTo(1)
    vi.advanceTimersByTime(STEP)
    expect([world.answered, vi.getTimerCount()]).toEqual([[], 0])
  })

  test('waits for eight answers at most; the ninth is given at once', () => {
    const client = world.ask('1', 1)
    for (let request = 2; request <= 9; request += 1) world.ask(`${request}`, 1, client)
    expect(world.answered).toEqual(['9'])
    world.moveTo(1)
    vi.advanceTimersByTime(STEP)
    expect(world.answered).toHaveLength(9)
    world.ask('again', 2, client)
    expect([client.waits, world.answered.length]).toEqual([1, 9])
  })
})

describe('however many wait', () => {
  const MANY = 20_000

  test('there is one timer, and none when nobody does any more', () => {
    for (let at = 0; at < MANY; at += 1) world.ask(`${at}`, 1)
    expect(vi.getTimerCount()).toBe(1)
    world.moveTo(1)
    vi.advanceTimersByTime(PATIENCE)
    expect(world.answered).toHaveLength(MANY)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('they are looked at when the board has moved, not at every step', () => {
    for (let at = 0; at < MANY; at += 1) world.ask(`${at}`, 9)
    world.counts.looks = 0
    vi.advanceTimersByTime(10 * STEP)
    const atFirst = world.counts.looks
    expect(atFirst).toBeLessThanOrEqual(MANY)
    world.moveTo(1)
    vi.advanceTimersByTime(10 * STEP)
    expect(world.counts.looks).toBe(atFirst + MANY)
  })

  test('a few hundred are answered at a time, in the order in which they came', () => {
    for (let at = 0; at < 1_200; at += 1) world.ask(`${at}`, 1)
    world.moveTo(1)
    vi.advanceTimersByTime(STEP)
    expect(world.answered).toHaveLength(500)
    vi.advanceTimersByTime(2 * STEP)
    expect(world.answered).toEqual(Array.from({ length: 1_200 }, (_, at) => `${at}`))
  })

  test('closing forgets them', () => {
    world.ask('waits', 1)
    world.catchUp.close()
    world.moveTo(1)
    vi.advanceTimersByTime(PATIENCE)
    expect([world.answered, vi.getTimerCount()]).toEqual([[], 0])
  })
})
