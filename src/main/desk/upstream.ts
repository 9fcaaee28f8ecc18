import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../../shared/api/contract.ts'
import type { Clock } from '../../shared/ports/clock.ts'
import type { Log } from '../../shared/ports/log.ts'
import type { PasswordHasher, TokenMaker } from '../../shared/ports/secrets.ts'
import type { Timer } from '../../shared/ports/timer.ts'
import type { DeskSession } from './desk-session.ts'
import type { LinkBoard } from './links.ts'

/** The desk service as it is called. */
export type DeskClient = ContractRouterClient<Contract>

/** One way to the desk service. It opens itself in the background, mends itself, and says through the links how it is. */
export interface Upstream {
  /**
   * The service; a first try that is still going on is waited for.
   * @throws FlightlineError `FL_DESK_UNAVAILABLE` while nobody answers
   */
  client(): Promise<DeskClient>
  /** A call was answered with this error: links may be lost that were thought to be well. */
  failed(error: { readonly code: string; readonly message: string }): void
  close(): Promise<void>
}

/** What every upstream is made from. */
export interface UpstreamParts {
  readonly session: DeskSession
  readonly links: LinkBoard
  readonly clock: Clock
  readonly timer: Timer
  readonly hasher: PasswordHasher
  readonly tokens: TokenMaker
  readonly logger: Log
}

/** How often links are looked at. Milliseconds. */
export const LOOK_EVERY = 5_000

/** How long a call waits for a service that is just being opened. Milliseconds; a page gives up after 8 s. */
export const FIRST_PATIENCE = 6_000
