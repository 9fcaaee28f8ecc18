import type { Metrics } from '../../src/node/metrics/create-metrics.ts'
import type { Board } from '../../src/shared/desk/board.ts'
import type { Clock } from '../../src/shared/ports/clock.ts'
import type { EventLog } from '../../src/shared/ports/event-log.ts'
import type { Log } from '../../src/shared/ports/log.ts'
import type { Stores } from '../../src/shared/ports/stores.ts'
import type { WriteAll } from './write-all.ts'

/** The settings that push looks at. */
export interface PushSettings {
  readonly publicUrl: string
  readonly trustProxy: boolean
  /** How many processes like this one share the memory; one unless given. */
  readonly workers?: number
  /** What is compressed for clients that offer it; nothing unless given. */
  readonly compression?: 'none' | 'snapshots'
}

/** What the push gateway is made from. */
export interface PushParts {
  readonly board: Board
  readonly log: Pick<EventLog, 'end' | 'tail' | 'bury'>
  readonly stores: { readonly broadcasts: Pick<Stores['broadcasts'], 'valid'> }
  readonly clock: Clock
  readonly logger: Log
  readonly settings: PushSettings
  readonly metrics: Metrics
  /** How many sockets are written to at once; by default the compiled helper, or Node's own means where there is none. */
  readonly writeAll?: WriteAll
  /** Only for tests: to see in milliseconds what takes minutes. */
  readonly limits?: Partial<PushLimits>
}

/** Bounds of the gateway. Times in milliseconds. */
export interface PushLimits {
  /** Between two pings to one socket; told to clients in `hello`. */
  readonly heartbeat: number
  /** A socket without any sign of life for this long is gone; the next sweep ends it. */
  readonly deadAfter: number
  /** A socket that took nothing for this long is closed with 1013. */
  readonly stalledAfter: number
  /** How often sockets are looked after. */
  readonly sweep: number
  /** Bytes that may wait for one socket beyond what its transport holds; past it, 1013. */
  readonly queueBytes: number
  readonly followedFlights: number
  /** Frames that are not understood before a socket is closed with 1008. */
  readonly violations: number
  /** Frames a client may send in a burst, and per second in the long run. */
  readonly frameBurst: number
  readonly framesPerSecond: number
  /** Handshakes per second from one address. Generous: a whole airport sits behind one. */
  readonly handshakesPerSecond: number
  /** Handshakes that are answered per second by all of this process, and at once; the others wait. */
  readonly acceptsPerSecond: number
  readonly acceptsAtOnce: number
  /** Handshakes that may wait, and for how long; past either they are told to come back later. */
  readonly waitingHandshakes: number
  readonly handshakePatience: number
  /** By how much turns of the event loop may be late on average before handshakes are let in at a slower pace. */
  readonly lateness: number
  /** Share of the memory, and of the heap's limit, past which nobody new is let in. */
  readonly memoryShare: number
  /** From the handshake to the client's first frame. */
  readonly firstFrame: number
  /** How long a client that is ahead of this gateway waits for the log to arrive. */
  readonly catchUp: number
  /** How long closing waits for clients to answer. */
  readonly closing: number
}

/**
 * What the server is made with whose upgrades are handed over. Its sockets are full with a little, since what waits in them
 * is one socket's own, while what waits in the backlog is kept once for all, and is always the newest.
 */
export const socketOptions = { highWaterMark: 16 * 1024 }

/** The bounds that hold unless a test gives others. */
export const pushLimits: PushLimits = {
  heartbeat: 25_000,
  // Two pings and an answer fit in; with the sweep that notices it, the end comes within a minute.
  deadAfter: 58_000,
  stalledAfter: 30_000,
  sweep: 1_000,
  queueBytes: 4 * 1024 * 1024,
  followedFlights: 500,
  violations: 5,
  frameBurst: 600,
  framesPerSecond: 50,
  handshakesPerSecond: 2_000,
  acceptsPerSecond: 2_500,
  acceptsAtOnce: 250,
  waitingHandshakes: 20_000,
  handshakePatience: 20_000,
  lateness: 250,
  memoryShare: 0.85,
  firstFrame: 5_000,
  catchUp: 2_000,
  closing: 3_000,
}
