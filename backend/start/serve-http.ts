import { join } from 'node:path'
import { findPackageRoot } from '../../src/node/config/package-root.ts'
import { readVersion } from '../../src/node/config/read-version.ts'
import type { Board } from '../../src/shared/desk/board.ts'
import type { HttpParts } from '../http/parts.ts'
import { type Http, startHttp } from '../http/start-http.ts'
import { importBookings } from '../ingest/import/import-bookings.ts'
import { importDepartures } from '../ingest/import/import-departures.ts'
import { placesOf } from '../ingest/reference/reference-data.ts'
import type { Part } from '../part.ts'
import type { Push } from '../push/start-push.ts'
import { describeColumns } from './describe-columns.ts'
import type { Timed } from './parts.ts'
import { toListenError } from './to-listen-error.ts'

/** The parts that HTTP hands requests on to. */
export interface Served {
  readonly board: Board
  readonly push: Push
  readonly lookNow: HttpParts['lookNow']
  readonly sendConfirmation: HttpParts['sendConfirmation']
  readonly metrics: HttpParts['metrics']
  readonly monitored: readonly Part[]
}

/**
 * Starts HTTP with everything it serves.
 * @throws FlightlineError `FL_LISTEN_FAILED`
 */
export async function serveHttp(base: Timed, served: Served): Promise<Http> {
  try {
    return await startHttp(toHttpParts(base, served), served.push, describeColumns())
  } catch (error) {
    throw toListenError(error, base.settings)
  }
}

function toHttpParts(base: Timed, served: Served): HttpParts {
  const { settings, engine, clock, timer, hasher, tokens, sealer, logger, reference } = base
  const { board, lookNow, sendConfirmation, metrics, monitored } = served
  const { stores } = engine
  const root = findPackageRoot()
  const importing = { stores, clock, sealer, logger, reference }
  return {
    ...{ stores, board, clock, timer, hasher, tokens, sealer, logger, monitored },
    metrics,
    version: readVersion(root),
    places: placesOf(reference),
    settings: {
      host: settings.host,
      port: settings.port,
      publicUrl: base.publicUrl(),
      trustProxy: settings.trustProxy,
      showsMailbox: settings.mode === 'embedded' || settings.day !== undefined,
      pages: { passenger: join(root, 'out', 'passenger'), console: join(root, 'out', 'renderer') },
    },
    importDepartures: (csv) => importDepartures(csv, importing),
    importBookings: (csv) => importBookings(csv, importing),
    sendConfirmation,
    lookNow,
  }
}
