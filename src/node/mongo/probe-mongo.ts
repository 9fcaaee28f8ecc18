import { MongoClient, MongoServerError } from 'mongodb'
import { describeNetworkFailure } from '../web/describe-network-failure.ts'
import { databaseOf } from './open-stores.ts'
import { SCHEMA_VERSION } from './schema.ts'

/** What trying a server came to, in words for who set it up. */
export interface Probe {
  readonly ok: boolean
  readonly message: string
}

const PATIENCE = 5_000

/** MongoDB's own numbers of the refusals that a person can do something about. */
const refusals: ReadonlyMap<unknown, string> = new Map([
  [18, 'MongoDB refuses this name or password; correct them in the URL.'],
  [8000, 'MongoDB refuses this name or password; correct them in the URL.'],
  [13, 'This account may not read the departures; give it the role flightlineDesk (docs/desktop.md).'],
  [40573, 'This MongoDB is no replica set, so changes cannot be followed; make it one, even of one member.'],
])

/**
 * Tries to connect, and whether the database is one that this program can work on.
 * @param willPrepare - a backend of this machine will make collections and indexes at its start
 */
export async function probeMongo(url: string, { willPrepare }: { readonly willPrepare: boolean }): Promise<Probe> {
  try {
    const client = new MongoClient(url, {
      appName: 'flightline-settings',
      serverSelectionTimeoutMS: PATIENCE,
      connectTimeoutMS: PATIENCE,
      socketTimeoutMS: PATIENCE,
    })
    try {
      await client.connect()
      return await judge(client, databaseOf(url), willPrepare)
    } finally {
      await client.close(true)
    }
  } catch (error) {
    return { ok: false, message: describeFailure(error) }
  }
}

async function judge(client: MongoClient, name: string, willPrepare: boolean): Promise<Probe> {
  const database = client.db(name)
  await database.command({ ping: 1 })
  const schema = await database.collection<{ _id: string; version: number }>('meta').findOne({ _id: 'schema' })
  const version = schema?.version ?? 0
  if (version > SCHEMA_VERSION) {
    return {
      ok: false,
      message: `The database has schema ${version}, this program knows ${SCHEMA_VERSION}; install the newer version.`,
    }
  }
  if (version < SCHEMA_VERSION && !willPrepare) {
    return {
      ok: false,
      message: 'The database is not prepared: start a backend on it once, or make this desk the server.',
    }
  }
  const stream = database.collection('flights').watch([], { maxAwaitTimeMS: 50 })
  try {
    await stream.tryNext()
  } finally {
    await stream.close()
  }
  return { ok: true, message: version === 0 ? 'MongoDB answers; the database will be prepared.' : 'MongoDB answers.' }
}

function describeFailure(error: unknown): string {
  if (error instanceof MongoServerError) {
    return refusals.get(error.code) ?? `MongoDB refuses (${error.codeName ?? error.code}).`
  }
  const words = describeNetworkFailure(error)
  if (words) return `MongoDB cannot be reached: ${words}.`
  if (error instanceof Error && error.name === 'MongoParseError')
    return 'This is no address of a MongoDB; it reads like mongodb://host:27017/flightline.'
  if (error instanceof Error && error.name === 'MongoServerSelectionError')
    return 'MongoDB cannot be reached within 5 s; check host, port, firewall and TLS.'
  return 'MongoDB cannot be used with this address; check it.'
}
