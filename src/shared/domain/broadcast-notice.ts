import type { Broadcast } from './broadcast.ts'
import type { Departure } from './departure.ts'
import type { Instant } from './instant.ts'
import type { Notice } from './notice.ts'
import { toldFacts } from './told-facts.ts'

/**
 * The sequence of every broadcast: above that of all changes, because no change of a departure makes a supervisor's
 * words obsolete. Their end is their validity.
 */
export const BROADCAST_SEQUENCE = Number.MAX_SAFE_INTEGER

/**
 * Writes the notice by which the passengers of one departure get a broadcast.
 * @param now - wall clock
 */
export function broadcastNotice(broadcast: Broadcast, departure: Departure, now: Instant): Notice {
  const facts = toldFacts(departure)
  return {
    id: `${broadcast.id}/${departure.id}`,
    departureId: departure.id,
    kind: 'broadcast',
    kinds: ['broadcast'],
    critical: broadcast.severity === 'critical',
    before: facts,
    after: facts,
    departure,
    text: broadcast.text,
    severity: broadcast.severity,
    createdAt: now,
    dueAt: now,
  }
}

/**
 * The broadcast behind a notice.
 * @returns its id, or `undefined` for a notice that a change caused
 */
export function broadcastIdOf(notice: Pick<Notice, 'id' | 'kind'>): string | undefined {
  return notice.kind === 'broadcast' ? notice.id.slice(0, notice.id.lastIndexOf('/')) : undefined
}
