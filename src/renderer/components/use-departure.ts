import type { Departure } from '../../shared/domain/departure.ts'
import type { DepartureId } from '../../shared/domain/departure-id.ts'
import { useConsole, useSlice } from './console-context.ts'

/** The departure as the board shows it now; drawn again only when that one changes. */
export function useDeparture(id: DepartureId | undefined): Departure | undefined {
  const { board } = useConsole()
  return useSlice(board, ({ departures }) => (id === undefined ? undefined : departures.get(id)))
}
