import type { Amendment, Change } from '../domain/change.ts'
import type { Departure } from '../domain/departure.ts'
import type { DepartureId } from '../domain/departure-id.ts'
import type { Instant } from '../domain/instant.ts'

/**
 * How a write ended. `stale` carries the present state, so that a desk can show both values;
 * `repeated` is the first answer to a command that came again.
 */
export type CommitResult =
  | { readonly outcome: 'committed'; readonly departure: Departure }
  | { readonly outcome: 'repeated'; readonly revision: number; readonly departure: Departure }
  | { readonly outcome: 'stale'; readonly departure: Departure }
  | { readonly outcome: 'exists'; readonly departure: Departure }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'outbox-full'; readonly departure: Departure; readonly count: number }

/** An accepted change that is not known to be on the log. `departure` is the state right after this change. */
export interface OutboxEntry {
  readonly change: Change
  readonly departure: Departure
}

/** What the alarm on a silent relay looks at. */
export interface OutboxBacklog {
  readonly count: number
  /** Wall clock of the oldest accepted and unpublished change. */
  readonly oldestAt?: Instant
}

/** Somebody wrote to the store beside us: the document holds `found`, our mirror says `departure`. */
export interface ExternalEdit {
  /** The departure as we last accepted it. */
  readonly departure: Departure
  /** Field values as found, by fact name, undecoded: they may be illegal. A missing name means the field is gone. */
  readonly found: Readonly<Record<string, unknown>>
  /** Names of the facts that differ from the mirror. */
  readonly names: readonly string[]
}

/** Most unpublished changes one departure may have before edits are refused. */
export const OUTBOX_CAP = 64

/** Command ids kept with a departure, so that a lost reply is safe to retry. */
export const COMMANDS_KEPT = 32

/**
 * Where departures are kept, with their outbox. Every adapter passes `testing/contracts/departure-store.contract.ts`.
 * Each write is one atomic operation that holds the new state, the revision and the outbox entry.
 * All methods throw FlightlineError `FL_STORE_UNAVAILABLE` or `FL_STORE_FULL` when the engine fails.
 */
export interface DepartureStore {
  get(id: DepartureId): Promise<Departure | undefined>

  /** Departures whose schedule lies in `[from, to)`, by `scheduledAt`, then id. */
  listBetween(from: Instant, to: Instant): Promise<readonly Departure[]>

  /**
   * Writes one amendment. An insertion (`previous` absent) refuses with `exists`; an edit goes through only if the
   * stored revision and the old value of each touched fact are still those of `previous`. Facts that are not touched
   * are not written, so what others wrote beside us survives.
   */
  commit(amendment: Amendment): Promise<CommitResult>

  /** As {@link commit}, each for itself and in order; one round trip or transaction for many. For feeds and imports. */
  commitAll(amendments: readonly Amendment[]): Promise<readonly CommitResult[]>

  /** Unpublished changes, per departure in order of revision; at most `limit`. */
  unpublished(limit: number): Promise<readonly OutboxEntry[]>

  /** Takes changes out of the outbox. Harmless when repeated. */
  markPublished(changes: readonly Pick<Change, 'departureId' | 'revision'>[]): Promise<void>

  backlog(): Promise<OutboxBacklog>

  /**
   * Departures that somebody changed beside us.
   * @param among - only these matter; where looking at all costs no more, others may be found as well
   */
  externalEdits(among?: readonly DepartureId[]): Promise<readonly ExternalEdit[]>

  /** Puts an illegal external value back to what we last accepted. */
  restore(edit: ExternalEdit): Promise<void>

  /**
   * Adopts an external edit: like {@link commit}, but the values are already in the document and only revision,
   * mirror, provenance and outbox are written; goes through only if the document still holds `edit.found`.
   */
  adopt(edit: ExternalEdit, amendment: Amendment): Promise<CommitResult>

  /**
   * Calls back soon after anybody, in any process, wrote. It is a hint that may be late, doubled or missing, so
   * callers look again on a timer as well. A token too old or an invalidated stream costs one hint, nothing else.
   * @param wake - is told which departures somebody changed beside us, none of them for a write of ours, and nothing
   * where the engine cannot tell the two apart
   * @returns the end of the watch
   */
  watch(wake: (foreign?: readonly DepartureId[]) => void): () => Promise<void>
}
