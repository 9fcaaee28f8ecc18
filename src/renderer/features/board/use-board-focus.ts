import type { GridApi } from 'ag-grid-community'
import { useEffect } from 'react'
import type { Departure } from '../../../shared/domain/departure.ts'
import type { DepartureId } from '../../../shared/domain/departure-id.ts'
import { useConsole } from '../../components/console-context.ts'
import type { WorkbenchState } from '../../stores/workbench-store.ts'

/** Gives the focus back to the cell it came from when whatever lay over the board is closed. */
export function useBoardFocus(api: GridApi<Departure> | undefined): void {
  const { workbench } = useConsole()
  useEffect(() => {
    if (!api) return undefined
    return workbench.subscribe((state, previous) => {
      const id = subjectOf(previous)
      if (id === undefined || subjectOf(state) !== undefined) return
      // Not before the closing dialogue has given up its own hold on the focus, and not when another has opened since.
      setTimeout(() => subjectOf(workbench.getState()) === undefined && focusRow(api, id))
    })
  }, [api, workbench])
}

function subjectOf({ editor, menu, history }: WorkbenchState): DepartureId | undefined {
  return editor?.base.id ?? menu?.id ?? history
}

function focusRow(api: GridApi<Departure>, id: DepartureId): void {
  const rowIndex = api.getRowNode(id)?.rowIndex
  if (typeof rowIndex !== 'number' || api.getEditingCells().length > 0) return
  const column = api.getFocusedCell()?.column ?? 'flight'
  api.setFocusedCell(rowIndex, column)
}
