import type { SystemSnapshot } from '../api/system-schemas.ts'
import type { Actor } from '../domain/role.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { PasswordHasher, TokenMaker } from '../ports/secrets.ts'
import type { Stores } from '../ports/stores.ts'
import type { Timer } from '../ports/timer.ts'
import type { Board } from './board.ts'

/** What the desk service is made from; ports only, so that main and backend give it their own adapters. */
export interface DeskParts {
  readonly stores: Stores
  readonly board: Board
  readonly clock: Clock
  readonly timer: Timer
  readonly hasher: PasswordHasher
  readonly tokens: TokenMaker
  readonly logger: Log
  /** How the backend around this service is doing; absent where there is none, on a desk that works on the stores itself. */
  readSystem?(): Promise<SystemSnapshot>
}

/**
 * One connection of one console: a socket with its cookie, or Electron's port. Sign-in belongs to it, so the session
 * is asked for at every call and a revoked one ends within that call.
 */
export interface Connection {
  /** @throws FlightlineError `FL_SESSION_MISSING` or `FL_SESSION_EXPIRED` */
  actor(): Promise<Actor>
  signIn(name: string, password: string): Promise<Actor>
  signOut(): Promise<void>
}

/** The context of every call of the contract. */
export interface DeskContext {
  readonly connection: Connection
}
