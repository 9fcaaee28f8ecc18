import type { Change } from '../../src/shared/domain/change.ts'
import { encodeDepartureChanged } from '../../src/shared/events/departure-changed.ts'
import type { OutboxEntry } from '../../src/shared/ports/departure-store.ts'
import type { LogMessage } from '../../src/shared/ports/event-log.ts'
import type { RelayParts } from './parts.ts'
import type { RelayMetrics } from './relay-metrics.ts'

/** Changes taken from the outbox at a time. */
const BATCH = 500

/** Published changes that may wait for their bookkeeping: each is read again with every look at the outbox. */
const WAITING_LIMIT = 2 * BATCH

interface Ready {
  readonly entry: OutboxEntry
  readonly message: LogMessage
}

/** Publishes accepted changes, and remembers those that cannot be. */
export interface DeparturePublisher {
  /** Publishes one batch. @returns whether there may be more */
  publish(): Promise<boolean>
  /** Writes what was published to history, and takes it out of the outbox. */
  keep(): Promise<void>
  /** Changes that no event can be written of; each holds back the later ones of its departure. */
  blocked(): number
}

interface PublisherState {
  readonly parts: RelayParts
  readonly metrics: RelayMetrics
  /** On the log, but still in the outbox. */
  readonly waiting: Map<string, Change>
  readonly reported: Set<string>
  blocked: number
  keeping: Promise<void>
}

/**
 * Publishes in the order log, history, mark. A crash between them repeats what was done: the log is read by id, history
 * keeps what it knows. Nothing is marked that the log has not confirmed. History and mark need not be done before the
 * next change is published: passengers wait for the log only, and what came meanwhile is written together.
 */
export function createDeparturePublisher(parts: RelayParts, metrics: RelayMetrics): DeparturePublisher {
  const state: PublisherState = {
    ...{ parts, metrics, waiting: new Map(), reported: new Set() },
    blocked: 0,
    keeping: Promise.resolve(),
  }
  return {
    publish: () => publish(state),
    keep: () => keep(state),
    blocked: () => state.blocked,
  }
}

async function publish(state: PublisherState): Promise<boolean> {
  const { parts, metrics, waiting } = state
  if (waiting.size >= WAITING_LIMIT) await keep(state)
  // Taken before the outbox is read: what is marked meanwhile may be in the answer all the same.
  const known = new Set(waiting.keys())
  // Entries that are held back must not fill the page, or the others would never be seen.
  const limit = BATCH + state.blocked + known.size
  const entries = await parts.stores.departures.unpublished(limit)
  const fresh = entries.filter(({ change }) => !known.has(change.id))
  const ready = selectReady(parts, fresh, state.reported)
  state.blocked = fresh.length - ready.length
  if (ready.length === 0) return entries.length >= limit
  await parts.log.append(
    'flight_updates',
    ready.map(({ message }) => message),
  )
  const now = parts.clock.wall()
  for (const { entry } of ready) {
    waiting.set(entry.change.id, entry.change)
    metrics.delay.observe(Math.max(0, now - entry.change.at) / 1000)
  }
  metrics.published.inc({ topic: 'flight_updates' }, ready.length)
  return entries.length >= limit
}

/** One at a time; a failure is whoever asked's, and the next one tries the same again. */
function keep(state: PublisherState): Promise<void> {
  const kept = state.keeping.then(() => keepAll(state))
  state.keeping = kept.catch(() => undefined)
  return kept
}

async function keepAll({ parts, waiting }: PublisherState): Promise<void> {
  const changes = [...waiting.values()]
  if (changes.length === 0) return
  const { departures, history } = parts.stores
  await history.append(changes)
  await departures.markPublished(changes)
  for (const { id } of changes) waiting.delete(id)
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
