import { randomBytes } from 'node:crypto'
import { openEngine } from '../../../src/node/engine/open-engine.ts'
import { createLog } from '../../../src/node/log/create-log.ts'
import { startBackendProcess } from '../../../src/testing/services/backend.ts'
import { startKafka } from '../../../src/testing/services/kafka.ts'
import { startMongo } from '../../../src/testing/services/mongo.ts'
import { childrenOf } from '../lib/process-usage.ts'
import type { Source } from '../lib/source.ts'
import { seed } from './flightline.ts'
import type { Peer } from './peer.ts'

/**
 * Starts the whole backend as built, with so many gateway processes on one port: what `PUSH_WORKERS` does, on a broker and a
 * database of its own.
 */
export async function startCores(source: Source, count: number): Promise<Peer> {
  await using stack = new AsyncDisposableStack()
  const [mongo, kafka] = [stack.use(await startMongo()), stack.use(await startKafka())]
  const connection = { mongoUrl: mongo.url, kafka: { brokers: kafka.brokers, ssl: false, sasl: undefined } }
  const logger = createLog('warn', process.stderr)
  const engine = await openEngine({ connection, dataFolder: '' }, logger)
  stack.defer(() => engine.close())
  await seed(engine.stores.departures, source.departures)
  const env = {
    ...{ PUSH_WORKERS: String(count), FLIGHTLINE_DAY: 'none' },
    ...{ MONGODB_URL: mongo.url, KAFKA_BROKERS: kafka.brokers.join(',') },
    FLIGHTLINE_PII_KEY: randomBytes(32).toString('base64'),
  }
  const backend = stack.use(await startBackendProcess({ env }))
  const first = backend.pid()
  const running = stack.move()
  return {
    ...{ protocol: 'flightline', path: '/ws', ports: [backend.port], pids: [first, ...childrenOf(first)] },
    publish: (changes) =>
      engine.log.append(
        'flight_updates',
        changes.map(({ event }) => event),
      ),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
