import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Departure } from '../../../shared/domain/departure.ts'
import { boardDeparture } from '../../../testing/fixtures/board-departure.ts'
import { idleConsole } from '../../../testing/fixtures/idle-console.ts'
import { actionForKey } from '../../lib/departure-actions.ts'
import { applySnapshot } from '../../stores/board-store.ts'
import type { Console } from '../../stores/console.ts'
import { createBoardController } from './board-controller.ts'
import { createGridContext } from './grid-context.ts'

/** As much of a browser's event as the board looks at. */
class Key {
  readonly key: string
  readonly target = null
  readonly shiftKey = false
  readonly ctrlKey = false
  readonly altKey = false
  readonly metaKey = false
  defaultPrevented = false

  constructor(key: string) {
    this.key = key
  }

  preventDefault() {
    this.defaultPrevented = true
  }
}

const departure = boardDeparture({ id: 'B6739-2026-11-20-JFK' })
const anchor = { left: 1, top: 2, bottom: 3 }

let console: Console
let edited: unknown[]

beforeEach(() => {
  vi.stubGlobal('KeyboardEvent', Key)
  vi.stubGlobal('Element', class {})
  console = idleConsole()
  edited = []
  applySnapshot(console.board, [departure], 0)
  console.clock.setState({ reading: { wall: 0, operational: departure.scheduledAt, rate: 1 }, readAt: console.now() })
  console.connection.setState({ actor: { name: 'gate', role: 'gate', stations: ['JFK'] } })
})

afterEach(() => {
  vi.unstubAllGlobals()
})

const api = {
  getEditingCells: () => [],
  getRowNode: () => ({ rowIndex: 4 }),
  startEditingCell: (place: unknown) => edited.push(place),
}

/** An event or API of the grid with the members that the board reads; the real ones have dozens. */
function asGrid(members: object): never {
  // Reason for the cast: `never` fits every one of the grid's types, and the controller is what is tested.
  return members as never
}

function create() {
  return createBoardController(console, createGridContext(console))
}

function press(key: string, colId: string, data: Departure = departure) {
  const event = new Key(key)
  create().keyDown(asGrid({ api, event, colDef: { colId }, data }))
  return event
}

const open = () => console.workbench.getState()

describe('a key on the board', () => {
  test('a digit on the delay opens the editor with it, based on what is on the screen', () => {
    expect(press('4', 'delay').defaultPrevented).toBe(true)
    expect(open().editor).toMatchObject({ kind: 'delay', typed: '4', base: { revision: departure.revision } })
  })

  test('digits that come before the editor has the focus are added to those that opened it', () => {
    press('4', 'delay')
    press('5', 'delay', { ...departure, revision: departure.revision + 1 })
    expect(open().editor).toMatchObject({ typed: '45', base: { revision: departure.revision } })
    press('7', 'estimate')
    expect(open().editor).toMatchObject({ kind: 'estimate', typed: '7' })
  })

  test('what may not be done opens the menu, which says why', () => {
    console.connection.setState({ actor: { name: 'gate', role: 'gate', stations: ['EWR'] } })
    press('4', 'delay')
    expect(open().editor).toBeUndefined()
    expect(open().menu?.id).toBe(departure.id)
  })

  test('a letter carries out the action of the row', () => {
    press('h', 'flight')
    expect(open().history).toBe(departure.id)
    press('e', 'flight')
    expect(open().editor?.kind).toBe('estimate')
  })

  test('a letter without an action is left to others', () => {
    expect(press('x', 'flight').defaultPrevented).toBe(false)
    expect(press('z', 'flight').defaultPrevented).toBe(false)
  })

  test('Enter opens the menu of the row', () => {
    press('Enter', 'status')
    expect(open().menu?.id).toBe(departure.id)
  })

  test('a command goes out at once', () => {
    press('b', 'flight')
    const at = departure.scheduledAt
    expect(console.commands.getState().pending[0]?.command.body).toEqual({
      kind: 'markBoarding',
      stage: 'BOARDING',
      at,
    })
  })

  test('the gate is edited in its cell', () => {
    press('g', 'flight')
    expect(edited).toEqual([{ rowIndex: 4, colKey: 'gate' }])
  })
})

describe('a gate that was typed', () => {
  const request = (newValue: string, data: Departure) => asGrid({ data, newValue })
  const pending = () => console.commands.getState().pending.map(({ command }) => command)

  test('is based on the departure as it was when typing began', () => {
    const controller = create()
    controller.editingStarted(asGrid({ data: departure }))
    controller.editRequested(request('b12', { ...departure, gate: 'C9', revision: 9 }))
    expect(pending()[0]).toMatchObject({
      base: { revision: departure.revision },
      body: { kind: 'setGate', gate: 'b12' },
    })
  })

  test('that is the same as before is not sent', () => {
    create().editRequested(request(' b3 ', departure))
    expect(pending()).toEqual([])
  })

  test('of nothing clears it', () => {
    create().editRequested(request('', departure))
    expect(pending()[0]?.body).toEqual({ kind: 'setGate', gate: null })
  })
})

test('a choice in the menu closes the menu', () => {
  console.workbench.setState({ menu: { id: departure.id, anchor } })
  const action = actionForKey(departure, console.connection.getState().actor, 'h')
  if (!action) throw new Error('history is always there')
  create().choose(asGrid(api), action, { id: departure.id, anchor })
  expect(open()).toMatchObject({ menu: undefined, history: departure.id })
})

test('a click on the dots opens the menu, a double click on the delay its editor', () => {
  const controller = create()
  controller.clicked(asGrid({ colDef: { colId: 'menu' }, data: departure, event: null }))
  expect(open().menu?.id).toBe(departure.id)
  controller.doubleClicked(asGrid({ colDef: { colId: 'delay' }, data: departure, event: null }))
  expect(open().editor).toMatchObject({ kind: 'delay', typed: '' })
})
