import type { HistoryEntry } from '../api/schemas.ts'
import type { DepartureId } from '../domain/departure-id.ts'
import { FlightlineError } from '../lib/errors.ts'
import type { DepartureStore } from '../ports/departure-store.ts'
import type { HistoryStore } from '../ports/history-store.ts'
import type { DeliveryStore, NoticeStore } from '../ports/notice-stores.ts'

/** What reading a history needs. */
export interface HistoryParts {
  readonly stores: {
    readonly departures: DepartureStore
    readonly history: HistoryStore
    readonly notices: NoticeStore
    readonly deliveries: DeliveryStore
  }
}

/**
 * Everything that happened to one departure, oldest first: who changed what, whom it reached and how far.
 * @throws FlightlineError `FL_DEPARTURE_UNKNOWN`
 */
export async function readHistory(parts: HistoryParts, id: DepartureId): Promise<HistoryEntry[]> {
  const { departures, history, notices, deliveries } = parts.stores
  if (!(await departures.get(id))) throw new FlightlineError('FL_DEPARTURE_UNKNOWN', { id })
  const [changes, decisions] = await Promise.all([history.list(id), notices.decisions(id)])
  const byChange = new Map(decisions.map((decision) => [decision.changeId, decision]))
  return Promise.all(
    changes.map(async (change) => {
      const decision = byChange.get(change.id)
      const counts = decision?.noticeId && (await deliveries.countsByNotice(decision.noticeId))
      return {
        change,
        ...(decision && { decision: { outcome: decision.outcome, reason: decision.reason } }),
        ...(counts && { deliveries: counts }),
      }
    }),
  )
}
