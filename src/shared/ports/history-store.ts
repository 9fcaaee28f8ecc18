import type { Change } from '../domain/change.ts'
import type { DepartureId } from '../domain/departure-id.ts'

/** Published changes, for ever; append-only. Written by the relay after the log has them. */
export interface HistoryStore {
  /** Keeps changes; one that is known already (same id) is left as it is. */
  append(changes: readonly Change[]): Promise<void>

  /** Changes of one departure, oldest first. */
  list(departureId: DepartureId): Promise<readonly Change[]>

  count(): Promise<number>
}
