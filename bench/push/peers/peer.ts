import type { Protocol } from '../lib/fleet.ts'
import type { Change, Source } from '../lib/source.ts'

/** A server under measurement, in a process of its own. */
export interface Peer extends AsyncDisposable {
  readonly protocol: Protocol
  readonly path: string
  readonly ports: readonly number[]
  /** The processes that belong to it. */
  readonly pids: readonly number[]
  /** Hands it changes of one moment, which it may send together. */
  publish(changes: readonly Change[]): Promise<void>
}

/** Whether everybody follows everything, or each some flights: servers with topics are told only what is used. */
export type Audience = 'all' | 'flights'

/** A kind of server. */
export interface PeerKind {
  readonly name: string
  /** What it is and how it is set up, for the reader of the table. */
  readonly what: string
  start(audience: Audience, source: Source): Promise<Peer>
}
