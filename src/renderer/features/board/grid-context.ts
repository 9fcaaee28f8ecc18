import type { Departure } from '../../../shared/domain/departure.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import type { ColumnId } from '../../lib/changed-columns.ts'
import { departureActions } from '../../lib/departure-actions.ts'
import type { FactContext } from '../../lib/fact-text.ts'
import type { TimeMode } from '../../lib/zoned-time.ts'
import { isMarked } from '../../stores/change-marks.ts'
import { type Clocks, clocksAt } from '../../stores/clock-store.ts'
import { type PendingCommand, pendingIn } from '../../stores/command-store.ts'
import type { Console } from '../../stores/console.ts'

/**
 * What cells need besides their departure. Read at the moment of drawing, so that the grid alone decides when that is:
 * thousands of cells that each listened to the stores would draw far more often.
 */
export interface GridContext {
  /** The row above which the line "now" lies. Set by the board. */
  nowRow: string | undefined
  mode(): TimeMode
  times(departure: Departure): FactContext
  clocks(): Clocks
  wall(): Instant
  isMarked(departure: Departure, column: ColumnId): boolean
  pending(departure: Departure, column: ColumnId): PendingCommand | undefined
  canEditGate(departure: Departure): boolean
}

/** Creates the context of one board. */
export function createGridContext({ board, clock, commands, connection, view, now }: Console): GridContext {
  const clocks = () => clocksAt(clock.getState(), now()) ?? { wall: Date.now(), operational: Date.now(), rate: 1 }
  return {
    nowRow: undefined,
    mode: () => view.getState().timeMode,
    times: ({ originZone }) => ({ zone: originZone, mode: view.getState().timeMode }),
    clocks,
    wall: () => clocks().wall,
    isMarked: ({ id }, column) => isMarked(board.getState().marks, id, column),
    pending: ({ id }, column) => pendingIn(commands.getState(), id, column),
    canEditGate(departure) {
      const action = departureActions(departure, connection.getState().actor).find(({ id }) => id === 'gate')
      return action !== undefined && action.disabledBecause === undefined
    },
  }
}
