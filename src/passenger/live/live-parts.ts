import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import type { PublicNotice, ServerFrame } from '../../shared/api/push-frames.ts'
import type { Timer } from '../../shared/ports/timer.ts'
import type { Connection } from './connection.ts'

/** An open or opening socket. */
export interface LiveSocket {
  send(text: string): void
  close(): void
}

/** What a socket reports; after `closed` it is silent. */
export interface SocketHandlers {
  message(text: string): void
  /** @param code - of the close frame; absent where the connection broke off */
  closed(code?: number): void
}

/** A notice and the flight that it is about. */
export interface FlightNotice {
  readonly flightId: string
  readonly notice: PublicNotice
}

/** What polling found; `flights` is everything that changed anywhere. */
export interface PollAnswer {
  readonly flights: readonly PublicDeparture[]
  readonly notices: readonly FlightNotice[]
}

/** Asks what changed since the last time it was asked. */
export interface Poller {
  /** Continues from a position of the socket, so that the change of ways loses nothing. */
  continueFrom(position: string): void
  poll(): Promise<PollAnswer>
}

/** The clock as the server's greeting tells it. */
type ServerClock = Extract<ServerFrame, { op: 'hello' }>['clock']

/** What the connection tells the page. */
export interface LiveSink {
  clock(clock: ServerClock): void
  flights(flights: readonly PublicDeparture[]): void
  notice(notice: FlightNotice): void
  /** All notices that are valid for these flights; those not named have ended. */
  notices(flightIds: readonly string[], notices: readonly FlightNotice[]): void
  /** The revision that the page shows, 0 for none. */
  revisionOf(flightId: string): number
  status(connection: Connection): void
}

/** What the connection is made from. */
export interface LiveParts {
  openSocket(handlers: SocketHandlers): LiveSocket
  readonly poller: Poller
  readonly timer: Timer
  /** Our clock. */
  now(): number
  /** From 0 to 1. */
  random(): number
}
