import type { GridApi } from 'ag-grid-community'
import type { Departure } from '../../../shared/domain/departure.ts'
import type { DepartureId } from '../../../shared/domain/departure-id.ts'
import { deriveStatus } from '../../../shared/domain/status.ts'
import { actionLabel, departureActions } from '../../lib/departure-actions.ts'
import { flightName } from '../../lib/departure-view.ts'
import { statusView } from '../../lib/status-view.ts'
import { announce } from '../../stores/announcement-store.ts'
import type { Console } from '../../stores/console.ts'
import type { Anchor, BoardRequest } from '../../stores/workbench-store.ts'
import type { BoardController } from './board-controller.ts'
import { isShown } from './board-filter.ts'

type Api = GridApi<Departure>

/** What carrying out a request needs. */
export interface RequestParts {
  readonly api: Api
  readonly console: Console
  readonly controller: Pick<BoardController, 'choose'>
  /** Where on the screen the row is. */
  readonly anchorOf: (id: DepartureId) => Anchor
}

/** Does what menu, tray, a deep link or the queue ask of the board, or says why not. */
export function carryOutRequest(parts: RequestParts, request: BoardRequest): void {
  const problem = request.kind === 'show' ? showRow(parts, request.id) : act(parts, request.action)
  if (problem !== undefined) announce(parts.console.announcements, 'problem', problem)
}

/**
 * Brings a row on the screen and the focus onto it. Filters that hide it are lifted, since it was asked for by name.
 * @returns why not
 */
function showRow({ api, console }: RequestParts, id: DepartureId): string | undefined {
  const { board, view } = console
  const departure = board.getState().departures.get(id)
  if (!departure) return `${id} is not on the board.`
  if (!isShown(departure, view.getState())) view.setState({ search: '', stations: [], statuses: [] })
  const rowIndex = api.getRowNode(id)?.rowIndex
  if (typeof rowIndex !== 'number') return undefined
  api.ensureIndexVisible(rowIndex, 'middle')
  api.setFocusedCell(rowIndex, 'flight')
  return undefined
}

function act({ api, console, controller, anchorOf }: RequestParts, name: string): string | undefined {
  const departure = targetOf(api)
  if (!departure) return 'Choose a departure first.'
  const action = departureActions(departure, console.connection.getState().actor).find(({ id }) => id === name)
  const flight = flightName(departure)
  if (!action) {
    const status = statusView(deriveStatus(departure)).label
    return `${flight}: "${actionLabel(name)}" does not apply, its status is "${status}".`
  }
  if (action.disabledBecause) return `${flight}: ${action.disabledBecause}`
  controller.choose(api, action, { id: departure.id, anchor: anchorOf(departure.id) })
  return undefined
}

/** The row with the focus; without one, the only row that is ticked. */
function targetOf(api: Api): Departure | undefined {
  const focused = api.getFocusedCell()
  const row = focused && !focused.rowPinned ? api.getDisplayedRowAtIndex(focused.rowIndex)?.data : undefined
  if (row) return row
  const ticked = api.getSelectedRows()
  return ticked.length === 1 ? ticked[0] : undefined
}
