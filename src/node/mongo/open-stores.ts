import { type CommandStartedEvent, type Db, MongoClient, type MongoClientOptions } from 'mongodb'
import { FlightlineError } from '../../shared/lib/errors.ts'
import type { Log } from '../../shared/ports/log.ts'
import type { Stores } from '../../shared/ports/stores.ts'
import { createBookingStore } from './booking-store.ts'
import { createBroadcastStore } from './broadcast-store.ts'
import { createDeliveryStore } from './delivery-store.ts'
import { createDepartureStore, type DepartureStoreParts } from './departure-store.ts'
import { createHistoryStore } from './history-store.ts'
import { createNoticeStore } from './notice-store.ts'
import { checkSchema, migrate } from './schema.ts'
import { createStaffStore } from './staff-store.ts'
import { guardAll, guarded } from './store-error.ts'
import { createSubscriptionStore } from './subscription-store.ts'
import { createLeaseStore, createMailboxStore, createSettingStore } from './system-stores.ts'

/** Where MongoDB is. */
export interface MongoOptions {
  readonly url: string
  /** Database; `flightline` unless the URL or a test says otherwise. */
  readonly database?: string
  readonly logger: Log
  /** With the rights of a desk: the database is used as it is and never prepared. */
  readonly isDesk?: boolean
  /** Is told every command that goes to the server; only tests look at them. */
  readonly onCommand?: (command: CommandStartedEvent) => void
  /** Wall clock; only tests give another one. */
  readonly now?: () => number
}

/**
 * Connects, migrates (or, as a desk, checks) and opens all stores.
 * @throws FlightlineError `FL_STORE_UNAVAILABLE`, `FL_SCHEMA_NEWER`; as a desk also `FL_STORE_UNPREPARED`, `FL_STORE_RIGHTS`
 */
export async function openMongoStores(options: MongoOptions): Promise<Stores> {
  const client = createClient(options)
  const database = client.db(options.database ?? databaseOf(options.url))
  try {
    await guarded(() => client.connect())
    await guarded(() => (options.isDesk ? checkSchema(database) : migrate(database)))
  } catch (error) {
    // Whoever tries again and again must not leave a client behind each time.
    await client.close()
    throw error
  }
  return { ...createStores(database, { logger: options.logger, now: options.now ?? Date.now }), ...lifecycle(client) }
}

function createClient({ url, onCommand }: MongoOptions): MongoClient {
  const client = parsed(url, {
    appName: 'flightline',
    // An accepted edit is on a majority of the members, so no election can take it back.
    writeConcern: { w: 'majority', wtimeoutMS: 10_000 },
    readConcern: { level: 'majority' },
    serverSelectionTimeoutMS: 5_000,
    // A server that is frozen, or behind a lost cable, refuses nothing: without these a desk would wait for ever.
    connectTimeoutMS: 5_000,
    heartbeatFrequencyMS: 5_000,
    socketTimeoutMS: 12_000,
    ignoreUndefined: true,
    monitorCommands: onCommand !== undefined,
  })
  if (onCommand) client.on('commandStarted', onCommand)
  return client
}

/** An address that is none makes the driver throw errors of several families. */
function parsed(url: string, options: MongoClientOptions): MongoClient {
  try {
    return new MongoClient(url, options)
  } catch (cause) {
    const problem = cause instanceof Error ? cause.name : 'unknown'
    throw new FlightlineError('FL_STORE_UNAVAILABLE', { problem }, { cause })
  }
}

function createStores(database: Db, parts: DepartureStoreParts): Omit<Stores, 'ping' | 'close'> {
  return {
    departures: guardAll(createDepartureStore(database.collection('flights'), parts)),
    history: guardAll(createHistoryStore(database.collection('changes'))),
    bookings: guardAll(createBookingStore(database.collection('bookings'))),
    subscriptions: guardAll(createSubscriptionStore(database.collection('subscriptions'))),
    notices: guardAll(
      createNoticeStore({
        told: database.collection('told'),
        decisions: database.collection('decisions'),
        notices: database.collection('notices'),
      }),
    ),
    deliveries: guardAll(createDeliveryStore(database.collection('deliveries'))),
    broadcasts: guardAll(createBroadcastStore(database.collection('broadcasts'))),
    staff: guardAll(createStaffStore(database.collection('staff'), database.collection('sessions'))),
    settings: guardAll(createSettingStore(database.collection('settings'))),
    leases: guardAll(createLeaseStore(database.collection('leases'))),
    mailbox: guardAll(createMailboxStore(database.collection('mailbox'))),
  }
}

function lifecycle(client: MongoClient): Pick<Stores, 'ping' | 'close'> {
  return {
    async ping() {
      const answer = await guarded(() => client.db('admin').command({ ping: 1 }))
      if (answer.ok !== 1) throw new FlightlineError('FL_STORE_UNAVAILABLE')
    },
    close: () => client.close(),
  }
}

/** `/name` of a connection string, else the name of the contract. */
export function databaseOf(url: string): string {
  const path = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(url)?.[1]
  return path ? decodeURIComponent(path) : 'flightline'
}
