import { importDepartures } from '../../bench/path/departures.ts'
import { type KafkaService, startKafka } from '../../src/testing/services/kafka.ts'
import { startMongo } from '../../src/testing/services/mongo.ts'
import type { MongoService } from '../../src/testing/services/mongo-service.ts'
import type { Flight } from '../lib/api.ts'
import { listFlights } from '../lib/api.ts'
import { test as base } from './desktop-test.ts'

/** Kafka and MongoDB (or its stand-in) for one spec file. */
export interface Servers {
  readonly kafka: KafkaService
  readonly mongo: MongoService
  /** An address of a database that nobody else uses. */
  database(): string
  readonly brokers: string
}

/** A test with servers of its spec file. */
export const test = base.extend<object, { readonly servers: Servers }>({
  servers: [
    async ({ browserName: _browser }, use) => {
      await using kafka = await startKafka()
      await using mongo = await startMongo()
      const database = () => {
        const url = new URL(mongo.url)
        url.pathname = `/desktop-${crypto.randomUUID().slice(0, 8)}`
        return url.href
      }
      await use({ kafka, mongo, database, brokers: kafka.brokers.join(',') })
    },
    { scope: 'worker', timeout: 180_000 },
  ],
})

/** Fills a station with departures of the coming hours, and hands them out one by one. */
export async function fillStation(url: string): Promise<() => Flight> {
  await importDepartures(url)
  // Numbers of three digits alone name one flight each in the board's search.
  const flights = (await listFlights({ url }, 'status=SCHEDULED')).filter(({ number }) => number.length === 3)
  return () => {
    const flight = flights.pop()
    if (!flight) throw new Error('the station has no more flights to test with')
    return flight
  }
}
