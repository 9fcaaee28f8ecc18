import type { GridApi, GridReadyEvent, RowSelectionOptions, SelectionColumnDef } from 'ag-grid-community'
import { AgGridProvider, AgGridReact } from 'ag-grid-react'
import { useEffect, useMemo, useState } from 'react'
import type { Departure } from '../../../shared/domain/departure.ts'
import { useConsole } from '../../components/console-context.ts'
import type { Console } from '../../stores/console.ts'
import classes from './board.module.css'
import { createBoardController } from './board-controller.ts'
import { isFiltering, isShown } from './board-filter.ts'
import { BoardToolbar } from './board-toolbar.tsx'
import { createColumns, defaultColumn } from './columns.ts'
import { createGridContext } from './grid-context.ts'
import { gridModules } from './grid-modules.ts'
import { gridTheme } from './grid-theme.ts'
import { RowMenu } from './row-menu.tsx'
import { useBoardFocus } from './use-board-focus.ts'
import { useBoardRequests } from './use-board-requests.ts'
import { beginAtNow, goToNow, moveNowLine, useBoardRows } from './use-board-rows.ts'

const selection: RowSelectionOptions = {
  mode: 'multiRow',
  checkboxes: true,
  headerCheckbox: true,
  selectAll: 'filtered',
  enableClickSelection: false,
}

const selectionColumn: SelectionColumnDef = { width: 40, pinned: null }

/** The live board: one row per departure, edited where it stands. */
export function Board() {
  const console = useConsole()
  const [api, setApi] = useState<GridApi<Departure>>()
  const context = useMemo(() => createGridContext(console), [console])
  const controller = useMemo(() => createBoardController(console, context), [console, context])
  const options = useMemo(() => createOptions(console), [console])
  useBoardRows(api, context)
  useBoardFocus(api)
  useBoardRequests(api, controller)
  useEffect(() => {
    if (!api) return undefined
    return console.workbench.subscribe(({ nowAsked }, previous) => {
      if (nowAsked !== previous.nowAsked) goToNow(api, context)
    })
  }, [api, console, context])

  return (
    <section className={classes.board} aria-label="Departures" data-testid="board">
      <BoardToolbar onNow={() => api && goToNow(api, context)} />
      <div className={classes.grid}>
        <AgGridProvider modules={gridModules}>
          <AgGridReact<Departure>
            {...options}
            context={context}
            onGridReady={({ api: ready }: GridReadyEvent<Departure>) => setApi(ready)}
            // Not earlier: before the first rows stand there, the grid does not know where its middle is.
            onFirstDataRendered={({ api: ready }) => beginAtNow(ready, context)}
            onModelUpdated={({ api: updated }) => moveNowLine(updated, context)}
            onSelectionChanged={({ api: changed }) => {
              console.view.setState({ selected: changed.getSelectedRows().map(({ id }) => id) })
            }}
            onCellKeyDown={(event) => 'colDef' in event && controller.keyDown(event)}
            onCellClicked={controller.clicked}
            onCellDoubleClicked={controller.doubleClicked}
            onCellEditingStarted={controller.editingStarted}
            onCellEditRequest={controller.editRequested}
          />
        </AgGridProvider>
      </div>
      <RowMenu onChoose={(action, target) => api && controller.choose(api, action, target)} />
    </section>
  )
}

function createOptions({ view }: Console) {
  return {
    theme: gridTheme,
    columnDefs: createColumns(),
    defaultColDef: defaultColumn,
    rowSelection: selection,
    selectionColumnDef: selectionColumn,
    getRowId: ({ data }: { data: Departure }) => data.id,
    isExternalFilterPresent: () => isFiltering(view.getState()),
    doesExternalFilterPass: ({ data }: { data: Departure | undefined }) =>
      data !== undefined && isShown(data, view.getState()),
    // The grid never writes a value: an edit becomes a command, and its result comes back like every other change.
    readOnlyEdit: true,
    stopEditingWhenCellsLoseFocus: true,
    deltaSort: true,
    animateRows: false,
    rowBuffer: 20,
    tooltipShowDelay: 350,
    suppressDragLeaveHidesColumns: true,
    overlayNoRowsTemplate: '<span>No departures match.</span>',
  } as const
}
