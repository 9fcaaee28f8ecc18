import type { DesktopClient } from '../api/desktop-client.ts'
import { applySnapshot, type BoardStore } from './board-store.ts'
import type { ClockStore } from './clock-store.ts'
import type { ConnectionStore } from './connection-store.ts'

/** What recalling a board needs. */
export interface RecallParts {
  readonly desktop: Pick<DesktopClient, 'board'>
  readonly board: BoardStore
  readonly clock: ClockStore
  readonly connection: ConnectionStore
  /** Monotonic milliseconds. */
  readonly now: () => number
}

/**
 * Shows what this desktop saw last, with its age, while the connection is being made: a desk that starts during an
 * outage has a board to read. Whatever the service says replaces it.
 */
export async function recallBoard({ desktop, board, clock, connection, now }: RecallParts): Promise<void> {
  const last = await desktop.board.recall().catch(() => null)
  if (!last || board.getState().isLoaded || connection.getState().phase !== 'connecting') return
  // In the past of this page's clock, mostly before its zero: ages count from there.
  const heardAt = now() - last.age
  applySnapshot(board, last.departures, now())
  clock.setState({ reading: last.clock, readAt: heardAt })
  connection.setState({ phase: 'reconnecting', actor: last.actor, heardAt })
}
