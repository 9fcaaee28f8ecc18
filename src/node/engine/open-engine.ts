import { join } from 'node:path'
import type { Instant } from '../../shared/domain/instant.ts'
import type { EventLog } from '../../shared/ports/event-log.ts'
import type { Log } from '../../shared/ports/log.ts'
import type { Stores } from '../../shared/ports/stores.ts'
import type { ConnectionSettings, Settings } from '../config/settings.ts'
import { openDatabase } from '../embedded/database.ts'
import { createEmbeddedLog } from '../embedded/event-log.ts'
import { openEmbeddedStores } from '../embedded/open-stores.ts'
import { createKafkaLog } from '../kafka/kafka-log.ts'
import { openMongoStores } from '../mongo/open-stores.ts'
import { readingLog } from './reading-log.ts'

/** Stores and log of one mode, opened together. */
export interface Engine {
  readonly stores: Stores
  readonly log: EventLog
  /** Removes log records older than `before` where nobody else does; how many. */
  prune(before: Instant): Promise<number>
  close(): Promise<void>
}

/**
 * Who opens it. The backend makes what is missing and publishes; a desk on servers takes what it finds, so that accounts
 * with no more than the rights of a desk suffice. The embedded file belongs to whoever may open it.
 */
export type EngineUser = 'backend' | 'desk'

/**
 * Opens what the settings name: MongoDB and Kafka, or the one embedded file.
 * @throws FlightlineError `FL_STORE_UNAVAILABLE`, `FL_SCHEMA_NEWER`; for a desk also `FL_STORE_UNPREPARED`, `FL_STORE_RIGHTS`
 */
export function openEngine(
  settings: Pick<Settings, 'connection' | 'dataFolder'>,
  logger: Log,
  { as }: { readonly as: EngineUser } = { as: 'backend' },
): Promise<Engine> {
  if (!settings.connection) return openEmbedded(settings.dataFolder, logger)
  return as === 'desk' ? openAsDesk(settings.connection, logger) : openConnected(settings.connection, logger)
}

async function openEmbedded(folder: string, logger: Log): Promise<Engine> {
  const database = openDatabase({ file: join(folder, 'flightline.sqlite'), logger })
  const stores = openEmbeddedStores(database)
  const log = createEmbeddedLog(database, logger)
  return withClose(stores, log, log.prune)
}

async function openConnected({ mongoUrl, kafka }: ConnectionSettings, logger: Log): Promise<Engine> {
  const stores = await openMongoStores({ url: mongoUrl, logger })
  return withClose(stores, createKafkaLog({ ...kafka, logger }), async () => 0)
}

async function openAsDesk({ mongoUrl, kafka }: ConnectionSettings, logger: Log): Promise<Engine> {
  const stores = await openMongoStores({ url: mongoUrl, logger, isDesk: true })
  const log = createKafkaLog({ ...kafka, logger, createsTopics: false })
  return withClose(stores, readingLog(log, logger), async () => 0)
}

function withClose(stores: Stores, log: EventLog, prune: Engine['prune']): Engine {
  return {
    stores,
    log,
    prune,
    async close() {
      await log.close()
      await stores.close()
    },
  }
}
