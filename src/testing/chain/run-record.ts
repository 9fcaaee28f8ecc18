import type { Change } from '../../shared/domain/change.ts'
import type { Delivery } from '../../shared/domain/delivery.ts'
import type { Departure } from '../../shared/domain/departure.ts'
import type { Notice } from '../../shared/domain/notice.ts'
import type { AcceptedEdit } from './desk.ts'
import type { PassengerScreen } from './passenger-screen.ts'
import type { LoggedChange } from './read-log.ts'

/** A mail as it came, in the order in which mails came. */
export interface MailAsReceived {
  /** Message-ID without brackets. */
  readonly id: string
  readonly to: string
  readonly text: string
}

/** One departure with everything that was kept about it. */
export interface DepartureRecord {
  /** As imported. */
  readonly first: Departure
  readonly final: Departure
  readonly history: readonly Change[]
  /** In the order in which they were decided. */
  readonly notices: readonly Notice[]
  readonly deliveries: readonly Delivery[]
}

/** What a run left behind, for checks that need no running system. */
export interface RunRecord {
  readonly accepted: readonly AcceptedEdit[]
  readonly departures: ReadonlyMap<string, DepartureRecord>
  /** Repetitions included. */
  readonly log: readonly LoggedChange[]
  readonly mails: readonly MailAsReceived[]
  readonly screens: readonly Pick<PassengerScreen, 'departures' | 'problems'>[]
}
