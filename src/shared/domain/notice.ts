import type { Departure } from './departure.ts'
import type { DepartureId } from './departure-id.ts'
import type { Instant } from './instant.ts'

/** What a notice tells. */
export const noticeKinds = ['delay', 'cancellation', 'reinstatement', 'diversion', 'gate', 'broadcast'] as const

/** A member of {@link noticeKinds}. */
export type NoticeKind = (typeof noticeKinds)[number]

/** How urgent a broadcast is shown. */
export const severities = ['info', 'warning', 'critical'] as const

/** A member of {@link severities}. */
export type Severity = (typeof severities)[number]

/** The public facts a message is written from; `before` holds what passengers were told last. */
export interface ToldFacts {
  readonly revision: number
  readonly estimatedAt?: Instant
  readonly nextInformationAt?: Instant
  readonly gate?: string
  readonly terminal?: string
  readonly cancelled?: true
  readonly diverted?: { readonly airport?: string }
}

/**
 * What passengers are told, decided from one change or composed by a supervisor; fanned out into one delivery per
 * person and channel. Its id is the *cause* of those deliveries and the key that makes a repetition harmless.
 */
export interface Notice {
  /** `<departure id>:<revision>` of the causing change, or `<broadcast id>/<departure id>`. */
  readonly id: string
  readonly departureId: DepartureId
  readonly kind: NoticeKind
  /** All that the message says; several kinds when changes were merged. Most important first. */
  readonly kinds: readonly NoticeKind[]
  /** Critical ones may be sent again after an uncertain attempt (same Message-ID). */
  readonly critical: boolean
  readonly before: ToldFacts
  readonly after: ToldFacts
  /** The departure as it stood when the notice was decided. */
  readonly departure: Departure
  /** A supervisor's words; only for broadcasts. */
  readonly text?: string
  readonly severity?: Severity
  /** Wall clock. */
  readonly createdAt: Instant
  /** Not before this wall-clock moment. */
  readonly dueAt: Instant
}

/** What became of one change: each has exactly one, whether anybody was told or not. */
export interface NoticeDecision {
  /** The change's id. */
  readonly changeId: string
  readonly departureId: DepartureId
  readonly revision: number
  readonly outcome: 'told' | 'merged' | 'silent'
  /** Why, in a few words that staff read in the history, e.g. `delay moved by 8 min, under 15`. */
  readonly reason: string
  readonly noticeId?: string
  /** Wall clock. */
  readonly at: Instant
}
