import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { boardDeparture } from '../../testing/fixtures/board-departure.ts'
import {
  applyDepartures,
  applySnapshot,
  type BoardStore,
  createBoardStore,
  endMarks,
  MARKED_FOR,
} from './board-store.ts'
import { isMarked } from './change-marks.ts'

const at7 = boardDeparture({ revision: 7, gate: 'B3' })
const at8 = boardDeparture({ revision: 8, gate: 'B12' })
const other = boardDeparture({ id: 'DL1-2026-11-20-JFK', carrier: 'DL', number: '1', revision: 1 })

let store: BoardStore
beforeEach(() => {
  store = createBoardStore()
})

const shown = () => store.getState().departures.get(at7.id)
const marked = (column: 'gate' | 'flight') => isMarked(store.getState().marks, at7.id, column)

describe('the cache of the board', () => {
  test('a newer revision replaces an older one, never the other way round', () => {
    applyDepartures(store, [at8], 0)
    applyDepartures(store, [at7], 0)
    expect(shown()).toBe(at8)
  })

  test('whatever the order of arrival, the highest revision is shown and none steps back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }), (revisions) => {
        const board = createBoardStore()
        let highest = 0
        for (const revision of revisions) {
          applyDepartures(board, [boardDeparture({ revision })], 0)
          highest = Math.max(highest, revision)
          expect(board.getState().departures.get(at7.id)?.revision).toBe(highest)
        }
      }),
    )
  })

  test('a repetition changes nothing, so that nothing is drawn again', () => {
    applyDepartures(store, [at7], 0)
    const before = store.getState()
    applyDepartures(store, [at7], 0)
    expect(store.getState()).toBe(before)
  })

  test('a batch tells new rows from changed ones', () => {
    applySnapshot(store, [at7], 0)
    applyDepartures(store, [at8, other], 0)
    expect(store.getState().batch).toMatchObject({ isReset: false, updated: [at8], added: [other], removed: [] })
  })
})

describe('a snapshot', () => {
  test('replaces the content and names what is gone', () => {
    applySnapshot(store, [at7, other], 0)
    applySnapshot(store, [at7], 0)
    expect([...store.getState().departures.keys()]).toEqual([at7.id])
    expect(store.getState().batch).toMatchObject({ isReset: true, removed: [other.id] })
  })

  test('that is behind an answered command does not take its result back', () => {
    applySnapshot(store, [at7], 0)
    applyDepartures(store, [at8], 0)
    applySnapshot(store, [at7], 0)
    expect(shown()).toBe(at8)
  })

  test('marks nothing at first, and what changed meanwhile after a gap', () => {
    applySnapshot(store, [at7], 0)
    expect(store.getState().marks.size).toBe(0)
    applySnapshot(store, [at8, other], 0)
    expect(marked('gate')).toBe(true)
    expect(marked('flight')).toBe(false)
    expect(isMarked(store.getState().marks, other.id, 'flight')).toBe(true)
  })
})

describe('marks', () => {
  test('last ten seconds from the last change of the cell', () => {
    applySnapshot(store, [at7], 0)
    applyDepartures(store, [at8], 1_000)
    applyDepartures(store, [{ ...at8, gate: 'C1', revision: 9 }], 5_000)
    endMarks(store, 5_000 + MARKED_FOR - 1)
    expect(marked('gate')).toBe(true)
    endMarks(store, 5_000 + MARKED_FOR)
    expect(marked('gate')).toBe(false)
    expect(store.getState().batch.unmarked).toEqual([at7.id])
  })

  test('that end one by one leave the others', () => {
    applySnapshot(store, [at7], 0)
    applyDepartures(store, [at8], 0)
    applyDepartures(store, [{ ...at8, aircraft: { type: 'A320' }, revision: 9 }], 4_000)
    endMarks(store, MARKED_FOR)
    expect(marked('gate')).toBe(false)
    expect(isMarked(store.getState().marks, at7.id, 'aircraft')).toBe(true)
  })

  test('are not swept when none ends', () => {
    applySnapshot(store, [at7], 0)
    const before = store.getState()
    endMarks(store, 99_999)
    expect(store.getState()).toBe(before)
  })
})
