import { type Board, openBoard } from '../../src/shared/desk/board.ts'
import type { HttpParts } from '../http/parts.ts'
import type { Http } from '../http/start-http.ts'
import type { Part } from '../part.ts'
import { type Push, startPush } from '../push/start-push.ts'
import type { Timed } from './parts.ts'
import { serveHttp } from './serve-http.ts'
import type { Stack } from './stack.ts'
import { asPart } from './start-station.ts'

// What a whole restart misses at 400 changes a second; reading it takes a tenth of a second.
const REMEMBERED = 2_000

/** What serving needs of others, wherever they run. */
export interface Helpers {
  readonly lookNow: HttpParts['lookNow']
  readonly sendConfirmation: HttpParts['sendConfirmation']
  readonly metrics: HttpParts['metrics']
  /** The parts whose health is shown. */
  monitored(push: Push): readonly Part[]
}

/** {@link Timed} with the present of every departure. */
export interface Boarded extends Timed {
  readonly board: Board
}

/** Opens the board: from the store, and from then on by the log. */
export async function openOwnBoard(stack: Stack, base: Timed): Promise<Boarded> {
  const { stores, log } = base.engine
  const { clock, logger } = base
  const board = await openBoard({ departures: stores.departures, log, clock, logger, past: REMEMBERED })
  stack.add(asPart('board', board.close))
  return { ...base, board }
}

/** Serves the board to everybody outside, over HTTP and `/ws`. */
export async function startServing(stack: Stack, base: Boarded, helpers: Helpers): Promise<Http> {
  const { engine, settings, clock, logger, metrics, board } = base
  const { stores, log } = engine
  const { trustProxy, pushWorkers: workers, pushCompression: compression } = settings
  const push = stack.add(
    await startPush({
      ...{ board, log, stores, clock, logger, metrics },
      settings: { publicUrl: base.publicUrl(), trustProxy, workers, compression },
    }),
  )
  return stack.add(await serveHttp(base, { ...helpers, board, push, monitored: helpers.monitored(push) }))
}
