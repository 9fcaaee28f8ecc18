import type { Metrics } from '../../src/node/metrics/create-metrics.ts'
import type { Clock } from '../../src/shared/ports/clock.ts'
import type { EventLog } from '../../src/shared/ports/event-log.ts'
import type { Log } from '../../src/shared/ports/log.ts'
import type { Sealer } from '../../src/shared/ports/secrets.ts'
import type { Stores } from '../../src/shared/ports/stores.ts'
import type { Timer } from '../../src/shared/ports/timer.ts'
import type { SmtpSettings } from './email/smtp-channel.ts'
import type { Places } from './messages/flight-names.ts'

/** The settings that the notifier looks at. */
export interface NotifierSettings {
  /** For links; asked late, because the port may be known only after listening. */
  readonly publicUrl: () => string
  /** `undefined`: everything goes to the mailbox. */
  readonly smtp: SmtpSettings | undefined
  /** How long what two processes would trample on is held without renewal. Milliseconds; 5 s unless given. */
  readonly leaseTtl?: number
  /** How often idle loops look for work that nobody woke them for. Milliseconds; 250 unless given. */
  readonly pollEvery?: number
  /** What follows a notice within this time is told together. Milliseconds; 3 min unless given. */
  readonly mergeWindow?: number
}

/** The stores that the notifier uses. */
type NotifierStores = Pick<
  Stores,
  'departures' | 'bookings' | 'subscriptions' | 'notices' | 'deliveries' | 'broadcasts' | 'leases' | 'mailbox'
>

/** What the notifier is made from. */
export interface NotifierParts {
  readonly stores: NotifierStores
  readonly log: EventLog
  readonly clock: Clock
  readonly timer: Timer
  readonly sealer: Sealer
  readonly logger: Log
  readonly metrics: Metrics
  readonly places: Places
  readonly settings: NotifierSettings
}
