import type { BoardMessage } from '../../shared/api/schemas.ts'
import type { Departure } from '../../shared/domain/departure.ts'
import type { DepartureId } from '../../shared/domain/departure-id.ts'

/** What gathered since the last flush. */
export interface Gathered {
  /** A whole board, when one came. */
  readonly snapshot?: readonly Departure[]
  /** Changed departures that came after it. */
  readonly changed: readonly Departure[]
}

/** Gathers the messages of a feed and hands them on in one piece per flush. */
export interface MessageBatcher {
  add(message: BoardMessage): void
  /** Hands on at once what has gathered. */
  flush(): void
  /** Forgets what has gathered. */
  clear(): void
}

/**
 * Least milliseconds between flushes: twenty a second look continuous, and cost the same at 50 changes a second as at
 * 500. What comes after a quiet while does not wait for the next one.
 */
export const FLUSH_EVERY = 50

/**
 * Creates a batcher. What waits is bounded by the number of departures, because of each only the newest is kept; so a
 * tab in the background, whose timers run once a second, gathers no backlog.
 */
export function createMessageBatcher(hand: (gathered: Gathered) => void): MessageBatcher {
  let snapshot: readonly Departure[] | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let flushedAt = Number.NEGATIVE_INFINITY
  const changed = new Map<DepartureId, Departure>()

  function clear(): void {
    clearTimeout(timer)
    timer = undefined
    snapshot = undefined
    changed.clear()
  }

  function flush(): void {
    const gathered = { ...(snapshot && { snapshot }), changed: [...changed.values()] }
    clear()
    if (!gathered.snapshot && gathered.changed.length === 0) return
    flushedAt = performance.now()
    hand(gathered)
  }

  return {
    add(message) {
      if (message.type === 'pulse') return
      if (message.type === 'snapshot') {
        snapshot = message.departures
        changed.clear()
      } else keepNewest(changed, message.changes)
      timer ??= setTimeout(flush, Math.max(0, flushedAt + FLUSH_EVERY - performance.now()))
    },
    flush,
    clear,
  }
}

function keepNewest(kept: Map<DepartureId, Departure>, changes: readonly { readonly departure: Departure }[]): void {
  for (const { departure } of changes) {
    const known = kept.get(departure.id)
    if (!known || known.revision < departure.revision) kept.set(departure.id, departure)
  }
}
