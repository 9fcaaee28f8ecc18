import { beforeEach, describe, expect, test } from 'vitest'
import { consoleActions } from '../../../shared/api/desktop-schemas.ts'
import type { Departure } from '../../../shared/domain/departure.ts'
import { boardDeparture } from '../../../testing/fixtures/board-departure.ts'
import { idleConsole } from '../../../testing/fixtures/idle-console.ts'
import { actionLabel, departureActions } from '../../lib/departure-actions.ts'
import { applySnapshot } from '../../stores/board-store.ts'
import type { Console } from '../../stores/console.ts'
import type { BoardRequest } from '../../stores/workbench-store.ts'
import { carryOutRequest } from './board-requests.ts'

const departure = boardDeparture({ id: 'B6739-2026-11-20-JFK' })

/** As much of the grid as requests look at: one row, which may be filtered away, focused or ticked. */
interface Grid {
  isFocused: boolean
  ticked: readonly Departure[]
  readonly focused: unknown[]
}

let console: Console
let grid: Grid
let chosen: string[]

beforeEach(() => {
  console = idleConsole()
  grid = { isFocused: false, ticked: [], focused: [] }
  chosen = []
  applySnapshot(console.board, [departure], 0)
  console.connection.setState({ actor: { name: 'gate', role: 'gate', stations: ['JFK'] } })
})

function ask(request: BoardRequest): readonly string[] {
  const isThere = () => console.view.getState().search === ''
  const api = {
    getRowNode: (id: string) => (id === departure.id && isThere() ? { rowIndex: 4 } : undefined),
    getFocusedCell: () => (grid.isFocused ? { rowIndex: 4 } : null),
    getDisplayedRowAtIndex: (index: number) => (index === 4 ? { data: departure } : undefined),
    getSelectedRows: () => grid.ticked,
    ensureIndexVisible: () => undefined,
    setFocusedCell: (...place: unknown[]) => grid.focused.push(place),
  }
  carryOutRequest(
    {
      // Reason for the cast: the grid's API has hundreds of members, and these are all that requests use.
      api: api as never,
      console,
      controller: { choose: (_api, action) => void chosen.push(action.id) },
      anchorOf: () => ({ left: 1, top: 2, bottom: 3 }),
    },
    request,
  )
  return console.announcements.getState().items.map(({ text }) => text)
}

describe('a departure that is asked for', () => {
  test('gets the focus', () => {
    expect(ask({ kind: 'show', id: departure.id })).toEqual([])
    expect(grid.focused).toEqual([[4, 'flight']])
  })

  test('lifts a filter that hides it, and leaves one that does not', () => {
    console.view.setState({ search: 'no such flight' })
    ask({ kind: 'show', id: departure.id })
    expect(console.view.getState().search).toBe('')
    expect(grid.focused).toHaveLength(1)
    console.view.setState({ stations: ['JFK'] })
    ask({ kind: 'show', id: departure.id })
    expect(console.view.getState().stations).toEqual(['JFK'])
  })

  test('but is not on the board is told', () => {
    expect(ask({ kind: 'show', id: 'XX1-2026-11-20-JFK' })).toEqual(['XX1-2026-11-20-JFK is not on the board.'])
  })
})

describe('an action that is asked for', () => {
  test('is carried out on the row with the focus', () => {
    grid.isFocused = true
    expect(ask({ kind: 'action', action: 'delay' })).toEqual([])
    expect(chosen).toEqual(['delay'])
  })

  test('is carried out on the one row that is ticked', () => {
    grid.ticked = [departure]
    ask({ kind: 'action', action: 'boarding' })
    expect(chosen).toEqual(['boarding'])
  })

  test('without a row, or with several ticked, asks to choose one', () => {
    expect(ask({ kind: 'action', action: 'delay' })).toEqual(['Choose a departure first.'])
    grid.ticked = [departure, { ...departure, id: 'other' }]
    ask({ kind: 'action', action: 'delay' })
    expect(chosen).toEqual([])
  })

  test('that has no sense for the departure is told with its state', () => {
    grid.isFocused = true
    expect(ask({ kind: 'action', action: 'take-off' })).toEqual([
      'B6 739: "Take-off" does not apply, its status is "Scheduled".',
    ])
  })

  test('that the person may not do is told with the reason', () => {
    grid.isFocused = true
    expect(ask({ kind: 'action', action: 'cancel' })).toEqual(['B6 739: Your role may not do this.'])
    expect(chosen).toEqual([])
  })
})

test('every action of a row can be asked for by the menu', () => {
  const states = [
    boardDeparture({ boardingAt: 1 }),
    boardDeparture({ offBlockAt: 1 }),
    boardDeparture({ cancelled: { at: 1 } }),
  ]
  const ids = new Set([departure, ...states].flatMap((state) => departureActions(state, null).map(({ id }) => id)))
  const known: ReadonlySet<string> = new Set(consoleActions)
  expect([...ids].filter((id) => !known.has(id))).toEqual([])
  expect([...ids].filter((id) => actionLabel(id) === id)).toEqual([])
})
