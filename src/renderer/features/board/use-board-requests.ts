import type { GridApi } from 'ag-grid-community'
import { useEffect } from 'react'
import type { Departure } from '../../../shared/domain/departure.ts'
import type { DepartureId } from '../../../shared/domain/departure-id.ts'
import { useConsole } from '../../components/console-context.ts'
import type { Anchor } from '../../stores/workbench-store.ts'
import { anchorOf, type BoardController } from './board-controller.ts'
import { carryOutRequest } from './board-requests.ts'

// A dialogue that closes with the request gives the focus back to where it came from a moment later; the row comes after.
const AFTER_DIALOGUE = 40

/** Carries out what is asked of the board, also what was asked before there was one. */
export function useBoardRequests(api: GridApi<Departure> | undefined, controller: BoardController): void {
  const console = useConsole()
  useEffect(() => {
    if (!api) return undefined
    const { workbench } = console
    let timer: ReturnType<typeof setTimeout> | undefined

    function take(): void {
      const { asked } = workbench.getState()
      if (!asked || !api) return
      workbench.setState({ asked: undefined })
      timer = setTimeout(
        () => carryOutRequest({ api, console, controller, anchorOf: anchorOfRow }, asked),
        AFTER_DIALOGUE,
      )
    }

    take()
    const unsubscribe = workbench.subscribe(take)
    return () => {
      unsubscribe()
      clearTimeout(timer)
    }
  }, [api, console, controller])
}

function anchorOfRow(id: DepartureId): Anchor {
  return anchorOf(
    document.querySelector(
      `.ag-row[row-id="${CSS.escape(id)}"] .ag-cell-focus, .ag-row[row-id="${CSS.escape(id)}"] .ag-cell`,
    ),
  )
}
