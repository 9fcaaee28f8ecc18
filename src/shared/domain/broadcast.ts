import type { Audience } from './audience.ts'
import type { Channel } from './delivery.ts'
import type { DepartureId } from './departure-id.ts'
import type { Instant } from './instant.ts'
import type { Severity } from './notice.ts'

/** A supervisor's notice to an audience. What is stored is also what travels on the topic `broadcasts`. */
export interface Broadcast {
  readonly id: string
  /** The command that made it; a repetition gets the first answer. */
  readonly commandId: string
  readonly by: string
  readonly audience: Audience
  /** The audience as it was resolved when it was sent; it does not grow afterwards. */
  readonly departureIds: readonly DepartureId[]
  readonly text: string
  readonly severity: Severity
  readonly channels: readonly Channel[]
  /** Wall clock. */
  readonly createdAt: Instant
  /** Wall clock; afterwards it is neither shown nor sent. */
  readonly validUntil: Instant
  /** How many passengers were counted when it was sent. */
  readonly passengers: number
}

/** Longest text of a broadcast, in characters. */
export const MAX_BROADCAST_LENGTH = 1000
