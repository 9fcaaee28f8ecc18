import type { ToldState } from '../ports/notice-stores.ts'
import type { Change } from './change.ts'
import type { Departure } from './departure.ts'
import { DAY, type Instant, MINUTE } from './instant.ts'
import type { Notice, NoticeDecision, NoticeKind } from './notice.ts'
import { explainSilence, explainTelling } from './silence.ts'
import { factsBefore, learnPlace, rememberTold, toldFacts, touchesToldFacts } from './told-facts.ts'
import { hasLeft, untoldKinds } from './untold.ts'

/** After a notice, what follows within this time is told together at its end. Wall clock. */
export const MERGE_WINDOW = 3 * MINUTE

/** What became of a change, the memory to keep, and the notice where somebody is told. */
export interface NoticeOutcome {
  readonly decision: NoticeDecision
  readonly next: ToldState
  readonly notice?: Notice
}

/** One change, with what is remembered of its departure. */
export interface NoticeQuestion {
  /** `undefined` for a departure never seen: what stood before the change counts as told. */
  readonly state: ToldState | undefined
  readonly event: { readonly departure: Departure; readonly change: Change }
  /** Wall clock. */
  readonly now: Instant
  /** Milliseconds; {@link MERGE_WINDOW} unless a test has no three minutes to wait. */
  readonly mergeWindow?: number | undefined
}

/**
 * Decides whether passengers are told of a change. Told are the first delay of 15 min or more, each further move of as
 * much against what was told last, a delay without a firm time, cancellation, reinstatement, diversion and a gate
 * other than the one that was known. The first leaves at once and opens a window of {@link MERGE_WINDOW}; what follows
 * in it waits for its end, except cancellation and gate, which leave at once and carry along what waited.
 * @returns `undefined` for a revision that was decided before
 */
export function decideNotice({
  state,
  event,
  now,
  mergeWindow = MERGE_WINDOW,
}: NoticeQuestion): NoticeOutcome | undefined {
  const { departure, change } = event
  const known = state ?? firstState(departure, change)
  if (change.revision <= known.lastRevision) return undefined
  const subject: Subject = {
    known: { ...known, lastRevision: change.revision },
    departure,
    changeId: change.id,
    revision: change.revision,
    now,
    operationalAt: change.operationalAt,
  }
  if (change.historical) return ignoreHistory(subject)
  const kinds = untoldKinds(known.told, departure)
  const isUrgent = kinds.includes('cancellation') || kinds.includes('gate')
  if (kinds.length > 0 && (isUrgent || !isWindowOpen(known, now, mergeWindow))) return tell(subject, kinds)
  const isAbout = touchesToldFacts(change)
  const waits = known.pending ? isAbout : kinds.length > 0
  return waits ? merge(subject, mergeWindow) : keepSilent(subject, explainSilence(known.told, departure, isAbout))
}

/**
 * Decides what is told when a window for merging ends: the final state counts, not the way there.
 * @param now - wall clock
 * @param operationalAt - operational clock; decides which delays are critical
 * @returns `undefined` while nothing waits or the window is still open
 */
export function decidePending(state: ToldState, now: Instant, operationalAt: Instant): NoticeOutcome | undefined {
  const { pending } = state
  if (!pending || now < pending.dueAt) return undefined
  const { latest: departure, changeId } = pending
  const revision = Number(changeId.slice(changeId.lastIndexOf(':') + 1))
  const subject: Subject = { known: state, departure, changeId, revision, now, operationalAt }
  const kinds = untoldKinds(state.told, departure)
  if (kinds.length > 0) return tell(subject, kinds)
  const { pending: _, ...rest } = state
  const reason = hasLeft(departure) ? 'departed before the window for merging ended' : 'returned to what was told'
  return { decision: describe(subject, { outcome: 'silent', reason }), next: rest }
}

interface Subject {
  readonly known: ToldState
  readonly departure: Departure
  readonly changeId: string
  readonly revision: number
  readonly now: Instant
  readonly operationalAt: Instant
}

function firstState(departure: Departure, change: Change): ToldState {
  return {
    departureId: departure.id,
    lastRevision: change.revision - 1,
    told: factsBefore(departure, change),
    sequence: 0,
  }
}

// The distance counts either way: a wall clock that was set back must not hold a notice for longer than the window.
function isWindowOpen({ lastNoticeAt }: ToldState, now: Instant, window: number): boolean {
  return lastNoticeAt !== undefined && Math.abs(now - lastNoticeAt) < window
}

function ignoreHistory(subject: Subject): NoticeOutcome {
  const { pending: _, ...known } = subject.known
  return {
    decision: describe(subject, { outcome: 'silent', reason: 'before the start of the replayed day' }),
    next: { ...known, told: toldFacts(subject.departure) },
  }
}

function tell(subject: Subject, kinds: readonly NoticeKind[]): NoticeOutcome {
  const { known, departure, changeId, now } = subject
  const after = toldFacts(departure)
  const { pending: _, ...rest } = known
  const notice: Notice = {
    id: changeId,
    departureId: departure.id,
    kind: kinds[0] ?? 'delay',
    kinds,
    critical: isCritical(subject, kinds),
    before: known.told,
    after,
    departure,
    createdAt: now,
    dueAt: now,
  }
  return {
    decision: describe(subject, { outcome: 'told', reason: explainTelling(kinds), noticeId: changeId }),
    next: { ...rest, told: rememberTold(known.told, after), lastNoticeAt: now, sequence: known.sequence + 1 },
    notice,
  }
}

function merge(subject: Subject, window: number): NoticeOutcome {
  const { known, departure, changeId, now } = subject
  const dueAt = known.pending?.dueAt ?? (known.lastNoticeAt ?? now) + window
  return {
    decision: describe(subject, { outcome: 'merged', reason: 'within 3 min of a notice; told together at the end' }),
    next: { ...known, told: learnPlace(known.told, departure), pending: { dueAt, changeId, latest: departure } },
  }
}

function keepSilent(subject: Subject, reason: string): NoticeOutcome {
  const { known, departure } = subject
  const told = hasLeft(departure) ? known.told : learnPlace(known.told, departure)
  const pending = known.pending && { ...known.pending, latest: departure }
  return {
    decision: describe(subject, { outcome: 'silent', reason }),
    next: { ...known, told, ...(pending && { pending }) },
  }
}

function describe(
  { changeId, departure, revision, now }: Subject,
  outcome: Pick<NoticeDecision, 'outcome' | 'reason' | 'noticeId'>,
): NoticeDecision {
  return { changeId, departureId: departure.id, revision, ...outcome, at: now }
}

/**
 * Critical ones are sent again after an uncertain attempt, under the same Message-ID: getting one twice costs a glance,
 * missing it the flight. A delay is critical for whoever travels within the next 24 operational hours.
 */
function isCritical({ departure, operationalAt }: Subject, kinds: readonly NoticeKind[]): boolean {
  return kinds.some((kind) => kind !== 'delay') || departure.scheduledAt - operationalAt <= DAY
}
