import type {
  CellClickedEvent,
  CellDoubleClickedEvent,
  CellEditingStartedEvent,
  CellEditRequestEvent,
  CellKeyDownEvent,
  GridApi,
} from 'ag-grid-community'
import type { Departure } from '../../../shared/domain/departure.ts'
import type { DepartureId } from '../../../shared/domain/departure-id.ts'
import { actionForKey, type DepartureAction, type EditorKind } from '../../lib/departure-actions.ts'
import type { Console } from '../../stores/console.ts'
import type { Anchor } from '../../stores/workbench-store.ts'
import { type KeyIntent, keyIntent } from './board-keys.ts'
import type { GridContext } from './grid-context.ts'

type Api = GridApi<Departure>

/** What happens when somebody presses, clicks or types on the board. */
export interface BoardController {
  keyDown(event: CellKeyDownEvent<Departure>): void
  clicked(event: CellClickedEvent<Departure>): void
  doubleClicked(event: CellDoubleClickedEvent<Departure>): void
  editingStarted(event: CellEditingStartedEvent<Departure>): void
  editRequested(event: CellEditRequestEvent<Departure>): void
  /** Carries out an action chosen in the menu or by its key. */
  choose(api: Api, action: DepartureAction, target: { readonly id: DepartureId; readonly anchor: Anchor }): void
}

interface Board {
  readonly console: Console
  readonly context: GridContext
  /** The departures as they were when typing on their gate began. */
  readonly bases: Map<DepartureId, Departure>
}

/** Creates the controller of one board. */
export function createBoardController(console: Console, context: GridContext): BoardController {
  const board: Board = { console, context, bases: new Map() }
  return {
    keyDown: (event) => handleKey(board, event),
    clicked({ colDef, data, event }) {
      if (colDef.colId === 'menu' && data) openMenu(board, data, anchorOf(event?.target))
    },
    doubleClicked({ colDef, data, event }) {
      if (!data) return
      if (colDef.colId === 'delay' || colDef.colId === 'estimate')
        begin(board, { data, anchor: anchorOf(event?.target), typed: '' }, colDef.colId)
    },
    editingStarted({ data }) {
      if (data) board.bases.set(data.id, data)
    },
    editRequested: (event) => sendGate(board, event),
    choose: (api, action, target) => choose(board, api, { action, ...target }),
  }
}

function handleKey(board: Board, { api, event, colDef, data }: CellKeyDownEvent<Departure>): void {
  if (!(event instanceof KeyboardEvent) || !data || event.defaultPrevented || api.getEditingCells().length > 0) return
  const intent = keyIntent({
    column: colDef.colId ?? '',
    key: event.key,
    shiftKey: event.shiftKey,
    hasModifier: event.ctrlKey || event.altKey || event.metaKey,
    isEditable: colDef.colId === 'gate' && board.context.canEditGate(data),
  })
  if (intent && follow(board, api, { intent, data, event })) event.preventDefault()
}

interface Pressed {
  readonly intent: KeyIntent
  readonly data: Departure
  readonly event: Event
}

/** @returns whether the key meant something here */
function follow(board: Board, api: Api, { intent, data, event }: Pressed): boolean {
  const anchor = anchorOf(event.target)
  if (intent.kind === 'menu') openMenu(board, data, anchor)
  else if (intent.kind === 'editor') begin(board, { data, anchor, typed: intent.typed }, intent.editor)
  else {
    const action = actionForKey(data, board.console.connection.getState().actor, intent.key)
    if (!action) return false
    choose(board, api, { action, id: data.id, anchor })
  }
  return true
}

interface Beginning {
  readonly data: Departure
  readonly anchor: Anchor
  readonly typed: string
}

/** Opens an editor, if that is something this person may do with this departure; its menu says why otherwise. */
function begin(board: Board, { data, anchor, typed }: Beginning, kind: EditorKind): void {
  const { workbench, connection } = board.console
  const key = kind === 'estimate' ? 'e' : 'd'
  if (actionForKey(data, connection.getState().actor, key)) {
    // Fast fingers type on before the editor has the focus; what still arrives here belongs behind what opened it.
    const { editor } = workbench.getState()
    const isOpen = editor?.kind === kind && editor.base.id === data.id
    workbench.setState({
      editor: isOpen ? { ...editor, typed: editor.typed + typed } : { kind, base: data, anchor, typed },
    })
  } else openMenu(board, data, anchor)
}

interface Choice {
  readonly action: DepartureAction
  readonly id: DepartureId
  readonly anchor: Anchor
}

function choose({ console, bases }: Board, api: Api, { action, id, anchor }: Choice): void {
  const { workbench, runner } = console
  const base = console.board.getState().departures.get(id)
  const rowIndex = api.getRowNode(id)?.rowIndex
  workbench.setState({ menu: undefined })
  if (!base) return
  switch (action.effect.kind) {
    case 'editor':
      workbench.setState({ editor: { kind: action.effect.editor, base, anchor, typed: '' } })
      break
    case 'history':
      workbench.setState({ history: id })
      break
    case 'command':
      void runner.run(base, action.effect.body)
      break
    case 'gate':
      bases.set(id, base)
      if (typeof rowIndex === 'number') api.startEditingCell({ rowIndex, colKey: 'gate' })
  }
}

function sendGate({ console, bases }: Board, { data, newValue }: CellEditRequestEvent<Departure>): void {
  const base = bases.get(data.id) ?? data
  bases.delete(data.id)
  const gate = String(newValue ?? '').trim()
  if (gate.toUpperCase() === (base.gate ?? '')) return
  void console.runner.run(base, { kind: 'setGate', gate: gate === '' ? null : gate })
}

function openMenu({ console }: Board, { id }: Departure, anchor: Anchor): void {
  console.workbench.setState({ menu: { id, anchor } })
}

/** Where a cell, or the cell around something, is on the screen; a place on the board for what is not there. */
export function anchorOf(target: EventTarget | null | undefined): Anchor {
  const cell = target instanceof Element ? target.closest('.ag-cell') : null
  const { left, top, bottom } = cell?.getBoundingClientRect() ?? { left: 80, top: 120, bottom: 150 }
  return { left, top, bottom }
}
