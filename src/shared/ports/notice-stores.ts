import type { Broadcast } from '../domain/broadcast.ts'
import type { Delivery, DeliveryCounts, DeliveryState } from '../domain/delivery.ts'
import type { Departure } from '../domain/departure.ts'
import type { DepartureId } from '../domain/departure-id.ts'
import type { Instant } from '../domain/instant.ts'
import type { Notice, NoticeDecision, ToldFacts } from '../domain/notice.ts'

/** What the notifier remembers of one departure between two changes. */
export interface ToldState {
  readonly departureId: DepartureId
  /** Events up to this revision are decided; a repetition is dropped. */
  readonly lastRevision: number
  /** What passengers were told last. */
  readonly told: ToldFacts
  /** Wall clock of the last notice that opened a window for merging. */
  readonly lastNoticeAt?: Instant
  /** Set while a change waits for the window to end: what is sent then is decided from `latest`. */
  readonly pending?: { readonly dueAt: Instant; readonly changeId: string; readonly latest: Departure }
  /** Rises with every notice of this departure; orders deliveries. */
  readonly sequence: number
}

/**
 * Decisions and notices. The three writes of one event are each idempotent and are made in the order notice,
 * decision, state, so that a crash between them repeats the same decision.
 */
export interface NoticeStore {
  state(departureId: DepartureId): Promise<ToldState | undefined>
  saveState(state: ToldState): Promise<void>
  /** States whose window for merging has ended at `now`, at most `limit`. */
  dueStates(now: Instant, limit: number): Promise<readonly ToldState[]>
  saveDecisions(decisions: readonly NoticeDecision[]): Promise<void>
  decisions(departureId: DepartureId): Promise<readonly NoticeDecision[]>
  /** Adds a notice; one with the same id stays as it is. */
  put(notice: Notice, sequence: number): Promise<void>
  get(id: string): Promise<Notice | undefined>
  /** Notices that are due and not fanned out, oldest first. */
  pendingFanOut(now: Instant, limit: number): Promise<readonly { readonly notice: Notice; readonly sequence: number }[]>
  markFannedOut(noticeId: string, recipients: number): Promise<void>
  /** The newest notices, for `GET /update`. */
  latest(limit: number): Promise<readonly Notice[]>
}

/** How one attempt ended. */
export interface Settlement {
  readonly id: string
  readonly state: DeliveryState
  readonly reason?: string
  readonly notBefore?: Instant
  readonly wasUncertain?: true
}

/** One record per (cause, recipient, channel), and the queue of those who send. */
export interface DeliveryStore {
  /** Adds deliveries; known ids are left as they are. Returns how many were new. */
  enqueue(deliveries: readonly Delivery[]): Promise<number>
  /** Ends queued deliveries of earlier notices of this departure as `suppressed`, and returns how many. */
  supersede(departureId: DepartureId, beforeSequence: number, at: Instant): Promise<number>
  /**
   * Takes queued deliveries that are due, oldest first, sets them to `attempting` with one more attempt, and gives
   * them to exactly one caller. `leaseUntil` is kept for {@link abandoned}.
   */
  claim(request: {
    readonly now: Instant
    readonly leaseUntil: Instant
    readonly limit: number
  }): Promise<readonly Delivery[]>
  settle(settlements: readonly Settlement[], at: Instant): Promise<void>
  /** Deliveries still `attempting` though their lease ended before `now`: their sender died. */
  abandoned(now: Instant, limit: number): Promise<readonly Delivery[]>
  countsByNotice(noticeId: string): Promise<DeliveryCounts>
  countsByBroadcast(broadcastId: string): Promise<DeliveryCounts>
  countsByDeparture(departureId: DepartureId): Promise<DeliveryCounts>
  listByDeparture(departureId: DepartureId): Promise<readonly Delivery[]>
  /** How many are queued or attempting, and since when the oldest waits. */
  backlog(): Promise<{ readonly count: number; readonly oldestAt?: Instant }>
}

/** Supervisors' broadcasts, with their outbox. */
export interface BroadcastStore {
  /** Adds one; a repeated command id returns the first. */
  add(broadcast: Broadcast): Promise<Broadcast>
  get(id: string): Promise<Broadcast | undefined>
  latest(limit: number): Promise<readonly Broadcast[]>
  /** Those whose validity has not ended at `now`. */
  valid(now: Instant): Promise<readonly Broadcast[]>
  unpublished(limit: number): Promise<readonly Broadcast[]>
  markPublished(ids: readonly string[]): Promise<void>
}
