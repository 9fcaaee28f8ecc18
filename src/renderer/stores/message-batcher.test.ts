import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { BoardMessage } from '../../shared/api/schemas.ts'
import { boardDeparture } from '../../testing/fixtures/board-departure.ts'
import { createMessageBatcher, FLUSH_EVERY, type Gathered } from './message-batcher.ts'

const clock = { wall: 0, operational: 0, rate: 1 }

function changed(...revisions: number[]): BoardMessage {
  const changes = revisions.map((revision) => {
    const departure = boardDeparture({ revision })
    const change = { id: '', departureId: departure.id, revision, source: 'feed', at: 0, operationalAt: 0, fields: {} }
    return { departure, change: { ...change, source: 'feed' as const } }
  })
  return { type: 'changes', changes }
}

let flushed: Gathered[]
beforeEach(() => {
  vi.useFakeTimers()
  flushed = []
})
afterEach(() => {
  vi.useRealTimers()
})

const create = () => createMessageBatcher((gathered) => flushed.push(gathered))

test('a burst is handed on in one piece, the newest of each departure', () => {
  const batcher = create()
  for (let revision = 1; revision <= 500; revision += 1) batcher.add(changed(revision))
  batcher.add(changed(3))
  expect(flushed).toHaveLength(0)
  vi.advanceTimersByTime(FLUSH_EVERY)
  expect(flushed).toHaveLength(1)
  expect(flushed[0]?.changed.map(({ revision }) => revision)).toEqual([500])
})

test('what comes after a quiet while is handed on at once, and what follows it waits its time', () => {
  const batcher = create()
  batcher.add(changed(1))
  vi.advanceTimersByTime(0)
  expect(flushed).toHaveLength(1)
  for (let revision = 2; revision <= 9; revision += 1) {
    batcher.add(changed(revision))
    vi.advanceTimersByTime(5)
  }
  expect(flushed).toHaveLength(1)
  vi.advanceTimersByTime(FLUSH_EVERY - 40)
  expect(flushed).toHaveLength(2)
  vi.advanceTimersByTime(FLUSH_EVERY)
  batcher.add(changed(10))
  vi.advanceTimersByTime(0)
  expect(flushed).toHaveLength(3)
})

test('a snapshot replaces what gathered before it, and what follows comes on top', () => {
  const batcher = create()
  batcher.add(changed(9))
  batcher.add({ type: 'snapshot', departures: [boardDeparture({ revision: 8 })], clock })
  batcher.add(changed(10))
  batcher.flush()
  expect(flushed[0]?.snapshot?.map(({ revision }) => revision)).toEqual([8])
  expect(flushed[0]?.changed.map(({ revision }) => revision)).toEqual([10])
})

test('an empty board is a snapshot too', () => {
  const batcher = create()
  batcher.add({ type: 'snapshot', departures: [], clock })
  batcher.flush()
  expect(flushed).toEqual([{ snapshot: [], changed: [] }])
})

test('pulses cause no flush', () => {
  const batcher = create()
  batcher.add({ type: 'pulse', clock, publishing: { unpublished: 0, oldestAge: 0 } })
  vi.advanceTimersByTime(FLUSH_EVERY * 2)
  batcher.flush()
  expect(flushed).toHaveLength(0)
})

test('what was cleared is never handed on', () => {
  const batcher = create()
  batcher.add(changed(1))
  batcher.clear()
  vi.advanceTimersByTime(FLUSH_EVERY * 2)
  expect(flushed).toHaveLength(0)
})
