import type { GridApi, IRowNode } from 'ag-grid-community'
import { useEffect } from 'react'
import type { Departure } from '../../../shared/domain/departure.ts'
import type { DepartureId } from '../../../shared/domain/departure-id.ts'
import { useConsole } from '../../components/console-context.ts'
import type { BoardState, BoardStore } from '../../stores/board-store.ts'
import type { CommandState } from '../../stores/command-store.ts'
import type { GridContext } from './grid-context.ts'
import { findNowRow } from './now-line.ts'

type Api = GridApi<Departure>

// Ages are shown in whole units, so the column that shows them need not be drawn more often.
const AGES_EVERY = 5_000

/**
 * Keeps the grid in step with the stores, row by row: what did not change is not touched, so selection, scroll position
 * and an open editor survive every update.
 */
export function useBoardRows(api: Api | undefined, context: GridContext): void {
  const { board, commands, view } = useConsole()
  useEffect(() => {
    if (!api) return undefined
    const follow = () => followBoard(api, board)
    const ends = [
      follow(),
      commands.subscribe((state, previous) => refreshRows(api, pendingRows(state, previous))),
      view.subscribe((state, previous) => {
        if (state.timeMode !== previous.timeMode) showTimes(api)
        else if (state.selected === previous.selected) api.onFilterChanged()
      }),
    ]
    const timer = setInterval(() => {
      api.refreshCells({ columns: ['source'], force: true })
      moveNowLine(api, context)
    }, AGES_EVERY)
    return () => {
      clearInterval(timer)
      for (const end of ends) end()
    }
  }, [api, board, commands, view, context])
}

/** Draws the line "now" where it belongs. */
export function moveNowLine(api: Api, context: GridContext): void {
  const rows: Departure[] = []
  api.forEachNodeAfterFilterAndSort(({ data }) => data && rows.push(data))
  const isBySchedule = api.getColumnState().every(({ colId, sort }) => (colId === 'time' ? sort === 'asc' : !sort))
  const next = isBySchedule ? findNowRow(rows, context.clocks().operational)?.id : undefined
  const previous = context.nowRow
  if (next === previous) return
  context.nowRow = next
  refreshRows(
    api,
    [previous, next].filter((id) => id !== undefined),
  )
}

/** Scrolls to the line "now" and puts the focus there. */
export function goToNow(api: Api, context: GridContext): void {
  const index = scrollToNow(api, context)
  if (index >= 0) api.setFocusedCell(index, 'flight')
}

/**
 * As {@link goToNow}, for the first board: it comes by itself, so it takes the focus only from nobody.
 */
export function beginAtNow(api: Api, context: GridContext): void {
  if (document.activeElement === document.body) goToNow(api, context)
  else scrollToNow(api, context)
}

/** @returns the index of the row, -1 on an empty board */
function scrollToNow(api: Api, context: GridContext): number {
  moveNowLine(api, context)
  const row = context.nowRow === undefined ? undefined : api.getRowNode(context.nowRow)
  const index = row?.rowIndex ?? api.getDisplayedRowCount() - 1
  if (index >= 0) api.ensureIndexVisible(index, 'middle')
  return index
}

function followBoard(api: Api, board: BoardStore): () => void {
  api.setGridOption('rowData', [...board.getState().departures.values()])
  return board.subscribe((state, previous) => {
    if (state.batch !== previous.batch) applyBatch(api, state)
  })
}

function applyBatch(api: Api, { batch, departures }: BoardState): void {
  const { isReset, added, updated, unmarked } = batch
  if (isReset) api.setGridOption('rowData', [...departures.values()])
  else if (added.length + updated.length > 0) api.applyTransaction({ add: [...added], update: [...updated] })
  refreshRows(api, [...updated.map(({ id }) => id), ...unmarked])
}

function refreshRows(api: Api, ids: readonly DepartureId[]): void {
  const rowNodes = ids.flatMap((id): readonly IRowNode<Departure>[] => {
    const node = api.getRowNode(id)
    return node ? [node] : []
  })
  if (rowNodes.length > 0) api.refreshCells({ rowNodes, force: true })
}

function pendingRows(state: CommandState, previous: CommandState): readonly DepartureId[] {
  return [...state.pending, ...previous.pending].map(({ command }) => command.base.id)
}

function showTimes(api: Api): void {
  api.refreshHeader()
  api.refreshCells({ force: true })
}
