import type { Db, IndexDescription } from 'mongodb'
import { FlightlineError } from '../../shared/lib/errors.ts'

/** What this program writes and reads. */
export const SCHEMA_VERSION = 1

const indexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  flights: [{ key: { 'accepted.scheduledAt': 1, _id: 1 } }, { key: { 'outbox.at': 1 } }],
  changes: [{ key: { departureId: 1, revision: 1 } }],
  bookings: [{ key: { departureId: 1, _id: 1 } }],
  subscriptions: [
    { key: { departureId: 1, recipient: 1 }, unique: true },
    { key: { confirmHash: 1 } },
    { key: { unsubscribeHash: 1 } },
  ],
  told: [{ key: { dueAt: 1 } }],
  decisions: [{ key: { departureId: 1, revision: 1 } }],
  notices: [{ key: { isFannedOut: 1, dueAt: 1 } }, { key: { createdAt: -1 } }],
  deliveries: [
    { key: { state: 1, notBefore: 1, createdAt: 1 } },
    { key: { claim: 1 } },
    { key: { state: 1, leaseUntil: 1 } },
    { key: { noticeId: 1, state: 1 } },
    { key: { broadcastId: 1, state: 1 } },
    { key: { departureId: 1, state: 1 } },
  ],
  broadcasts: [
    { key: { commandId: 1 }, unique: true },
    { key: { isPublished: 1, createdAt: 1 } },
    { key: { validUntil: 1 } },
    { key: { createdAt: -1 } },
  ],
  sessions: [{ key: { endsAt: 1 } }, { key: { name: 1 } }],
  mailbox: [{ key: { at: -1 } }, { key: { to: 1, at: -1 } }],
}

/**
 * Brings a database to {@link SCHEMA_VERSION}: collections, indexes, and later the steps from older versions.
 * Creating what exists changes nothing, so several processes may do it at once.
 * @throws FlightlineError `FL_SCHEMA_NEWER` for a database of a newer program
 */
export async function migrate(database: Db): Promise<void> {
  await readVersion(database)
  for (const [name, wanted] of Object.entries(indexes)) {
    await database.collection(name).createIndexes([...wanted])
  }
  await metaOf(database).updateOne({ _id: 'schema' }, { $max: { version: SCHEMA_VERSION } }, { upsert: true })
}

/**
 * Looks whether a database is ready for this program, and changes nothing.
 * @throws FlightlineError `FL_STORE_UNPREPARED` for an empty or older one, `FL_SCHEMA_NEWER` for one of a newer program
 */
export async function checkSchema(database: Db): Promise<void> {
  const found = await readVersion(database)
  if (found < SCHEMA_VERSION) throw new FlightlineError('FL_STORE_UNPREPARED', { found, known: SCHEMA_VERSION })
}

async function readVersion(database: Db): Promise<number> {
  const found = (await metaOf(database).findOne({ _id: 'schema' }))?.version ?? 0
  if (found > SCHEMA_VERSION) throw new FlightlineError('FL_SCHEMA_NEWER', { found, known: SCHEMA_VERSION })
  return found
}

function metaOf(database: Db) {
  return database.collection<{ _id: string; version: number }>('meta')
}
