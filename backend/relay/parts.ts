import type { Metrics } from '../../src/node/metrics/create-metrics.ts'
import type { Clock } from '../../src/shared/ports/clock.ts'
import type { EventLog } from '../../src/shared/ports/event-log.ts'
import type { Log } from '../../src/shared/ports/log.ts'
import type { Stores } from '../../src/shared/ports/stores.ts'

/** What the relay is made from. */
export interface RelayParts {
  readonly stores: Pick<Stores, 'departures' | 'history' | 'broadcasts' | 'leases'>
  readonly log: Pick<EventLog, 'append'>
  readonly clock: Clock
  readonly logger: Log
  readonly metrics?: Metrics
  readonly times?: Partial<RelayTimes>
}

/** How often the relay looks, in milliseconds. */
export interface RelayTimes {
  /** Without a hint, for changes. */
  readonly departures: number
  /** For broadcasts, which no watch announces. */
  readonly broadcasts: number
  /** Full scan for external edits: for what no hint has named. */
  readonly externalScan: number
  /** Shortest pause between a hint and the scan it causes: most hints are our own writes. */
  readonly externalPause: number
  readonly lease: number
  readonly renewal: number
}

/** The times that hold unless others are given. */
export const relayTimes: RelayTimes = {
  departures: 500,
  broadcasts: 250,
  externalScan: 30_000,
  externalPause: 100,
  lease: 3_000,
  renewal: 1_000,
}
