import { systemClock, systemTimer } from '../node/clock/system-clock.ts'
import { readSettings } from '../node/config/read-settings.ts'
import { openEngine } from '../node/engine/open-engine.ts'
import { createPasswordHasher } from '../node/secrets/password-hasher.ts'
import { tokenMaker } from '../node/secrets/token-maker.ts'
import { openBoard } from '../shared/desk/board.ts'
import type { DeskParts } from '../shared/desk/parts.ts'
import { createDeskRouter, type DeskRouter } from '../shared/desk/router.ts'
import type { Log } from '../shared/ports/log.ts'

/** The desk service in this process, against Kafka and MongoDB or the embedded file. */
export interface Desk {
  readonly router: DeskRouter
  readonly parts: DeskParts
  close(): Promise<void>
}

/** Where the desktop keeps its files, and where it logs. */
export interface DeskHost {
  readonly folder: string
  readonly logger: Log
}

/**
 * Opens stores, log and board, and the desk service on them.
 * @throws FlightlineError `FL_SETTINGS_INVALID`, `FL_STORE_UNAVAILABLE`, `FL_SCHEMA_NEWER`
 */
export async function openDesk(env: NodeJS.ProcessEnv, { folder, logger }: DeskHost): Promise<Desk> {
  const settings = readSettings({ FLIGHTLINE_DATA: folder, ...env }, folder)
  const engine = await openEngine(settings, logger)
  const { stores, log } = engine
  const clock = systemClock
  const board = await openBoard({ departures: stores.departures, log, clock, logger })
  const parts = { stores, board, clock, timer: systemTimer, hasher: createPasswordHasher(), tokens: tokenMaker, logger }
  return {
    router: createDeskRouter(parts),
    parts,
    async close() {
      await board.close()
      await engine.close()
    },
  }
}
