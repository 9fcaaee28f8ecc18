import { setImmediate } from 'node:timers/promises'
import { encodeDepartureChanged } from '../../src/shared/events/departure-changed.ts'
import type { OutboxEntry } from '../../src/shared/ports/departure-store.ts'
import type { LogMessage } from '../../src/shared/ports/event-log.ts'
import type { RelayParts } from './parts.ts'
import type { RelayMetrics } from './relay-metrics.ts'

/** Changes taken from the outbox at a time: one append, one history write, one mark. */
const BATCH = 500

interface Ready {
  readonly entry: OutboxEntry
  readonly message: LogMessage
}

/** Publishes accepted changes, and remembers those that cannot be. */
export interface DeparturePublisher {
  /** Publishes one batch. @returns whether there may be more */
  publish(): Promise<boolean>
  /** Changes that no event can be written of; each holds back the later ones of its departure. */
  blocked(): number
}

/**
 * Publishes in the order log, history, mark. A crash between them repeats what was done: the log is read by id, history
 * keeps what it knows. Nothing is marked that the log has not confirmed.
 */
export function createDeparturePublisher(parts: RelayParts, metrics: RelayMetrics): DeparturePublisher {
  const { departures, history } = parts.stores
  const reported = new Set<string>()
  let blocked = 0
  return {
    async publish() {
      // Entries that are held back must not fill the page, or the others would never be seen.
      const limit = BATCH + blocked
      const entries = await departures.unpublished(limit)
      const ready = selectReady(parts, entries, reported)
      blocked = entries.length - ready.length
      if (ready.length === 0) return entries.length >= limit
      await parts.log.append(
        'flight_updates',
        ready.map(({ message }) => message),
      )
      const changes = ready.map(({ entry }) => entry.change)
      const now = parts.clock.wall()
      for (const { at } of changes) metrics.delay.observe(Math.max(0, now - at) / 1000)
      // Readers of the log in this process come first: what is left to do here blocks the thread on the embedded engine.
      await setImmediate()
      await history.append(changes)
      await departures.markPublished(changes)
      metrics.published.inc({ topic: 'flight_updates' }, ready.length)
      return entries.length >= limit
    },
    blocked: () => blocked,
  }
}

/**
 * A change that no event can be written of was spoiled in the store. It is not skipped, since that would lose it and
 * let later ones pass it: its departure waits, and its outbox soon refuses further edits, which is the loud alarm.
 */
function selectReady(parts: RelayParts, entries: readonly OutboxEntry[], reported: Set<string>): readonly Ready[] {
  const heldBack = new Set<string>()
  return entries.flatMap((entry) => {
    const { departureId, id } = entry.change
    if (heldBack.has(departureId)) return []
    try {
      return [{ entry, message: encodeDepartureChanged(entry) }]
    } catch (err) {
      heldBack.add(departureId)
      if (!reported.has(id)) parts.logger.error({ err, change: id }, 'no event can be written of this change')
      reported.add(id)
      return []
    }
  })
}
