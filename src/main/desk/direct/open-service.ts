import { createRouterClient } from '@orpc/server'
import type { Engine } from '../../../node/engine/open-engine.ts'
import { openBoard } from '../../../shared/desk/board.ts'
import { createDeskRouter } from '../../../shared/desk/router.ts'
import { createConnection } from '../../../shared/desk/sign-in.ts'
import { createStationClock } from '../../../shared/desk/station-clock.ts'
import { MINUTE } from '../../../shared/domain/instant.ts'
import { FlightlineError } from '../../../shared/lib/errors.ts'
import type { DeskClient, UpstreamParts } from '../upstream.ts'
import { watchLinks } from './watch-links.ts'

/** The desk service in this process, on an engine that is open. */
export interface OpenService {
  readonly client: DeskClient
  close(): Promise<void>
}

/**
 * Makes the service: the station's time, the board, the router and the one connection that all windows share. Whoever
 * opened the engine closes it, also when this fails.
 * @throws FlightlineError `FL_STORE_UNAVAILABLE`, `FL_LOG_UNAVAILABLE`
 */
export async function openService(parts: UpstreamParts, { stores, log }: Engine): Promise<OpenService> {
  const { links, timer, hasher, tokens, logger } = parts
  const clock = createStationClock(parts.clock)
  await clock.follow(stores.settings)
  links.set('store', 'ok')
  const board = await openBoard({ departures: stores.departures, log, clock, logger })
  links.set('log', 'ok')
  // Since the process began: what a desk's morning begins with is measured by this line.
  logger.info({ departures: board.all().size, served: Math.round(performance.now()) }, 'the board is served')
  const router = createDeskRouter({ stores, board, clock, timer, hasher, tokens, logger })
  const askStore = async () => {
    await stores.ping()
    await clock.follow(stores.settings)
  }
  const stops = [
    watchLinks({ store: askStore, log: () => log.end('flight_updates') }, links, timer),
    timer.every(MINUTE, () => {
      board.refresh().catch((err: unknown) => logger.warn({ err }, 'the board could not be refreshed'))
    }),
  ]
  return {
    client: createRouterClient(router, { context: { connection: connect(parts, { staff: stores.staff }) } }),
    async close() {
      for (const stop of stops) stop()
      await board.close()
    },
  }
}

/** The sign-in of this desktop, told to the session whenever it changes. */
function connect({ session, clock, hasher, tokens }: UpstreamParts, stores: Pick<Engine['stores'], 'staff'>) {
  return createConnection({ stores, clock, hasher, tokens }, session.token(), (signedIn) => {
    if (signedIn) session.begin(signedIn)
    else session.end(new FlightlineError('FL_SESSION_MISSING'))
  })
}
