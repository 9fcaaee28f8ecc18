import { randomUUID } from 'node:crypto'
import { type Document, MongoClient } from 'mongodb'
import { openMongoStores } from '../../node/mongo/open-stores.ts'
import type { OpenPair } from '../contracts/store-pair.ts'
import { NOON } from '../fixtures/departure.ts'
import { silentLog } from '../fixtures/logs.ts'

/** Opens pairs on one server, each in a database of its own that is dropped afterwards. */
export function mongoPairs(url: string): OpenPair {
  return async () => {
    const database = `test_${randomUUID().slice(0, 8)}`
    const options = { url, database, logger: silentLog(), now: () => NOON }
    const [first, second] = [await openMongoStores(options), await openMongoStores(options)]
    const client = await new MongoClient(url).connect()
    const flights = client.db(database).collection<Document & { _id: string }>('flights')
    return {
      first,
      second,
      external: {
        async write(id, members) {
          const set = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
          const unset = Object.fromEntries(Object.keys(members).flatMap((name) => (name in set ? [] : [[name, '']])))
          const update = {
            ...(Object.keys(set).length > 0 && { $set: set }),
            ...(Object.keys(unset).length > 0 && { $unset: unset }),
          }
          await flights.updateOne({ _id: id }, update)
        },
        read: async (id) => (await flights.findOne({ _id: id })) ?? {},
      },
      async [Symbol.asyncDispose]() {
        await Promise.all([first.close(), second.close()])
        await client.db(database).dropDatabase()
        await client.close()
      },
    }
  }
}
