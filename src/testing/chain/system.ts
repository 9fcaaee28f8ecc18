import { fileURLToPath } from 'node:url'
import { type Engine, openEngine } from '../../node/engine/open-engine.ts'
import { silentLog } from '../fixtures/logs.ts'
import { type BackendService, startBackendProcess } from '../services/backend.ts'
import { findOnPath } from '../services/command.ts'
import { type KafkaService, startKafka } from '../services/kafka.ts'
import { type MailServer, startMailServer } from '../services/mail-server.ts'
import type { MongoService } from '../services/mongo-service.ts'
import { startMongoStandIn } from '../services/mongo-stand-in.ts'
import { startMongod } from '../services/mongod.ts'
import { quickTuning } from './tuning.ts'

/** Both ways to run the product. */
export const modes = ['embedded', 'connected'] as const

/** A member of {@link modes}. */
export type Mode = (typeof modes)[number]

/** The servers of connected mode, all our own: they are killed. */
export interface Servers {
  readonly kafka: KafkaService
  readonly mongo: MongoService
  readonly mail: MailServer
}

/** Backend and servers of one test. */
export interface ChainSystem extends AsyncDisposable {
  readonly mode: Mode
  readonly backend: BackendService
  /** Absent in embedded mode. */
  readonly servers: Servers | undefined
  /** Stores and log as a further process sees them. */
  openEngine(): Promise<Engine>
}

export interface SystemOptions {
  readonly mode: Mode
  /** Settings over ours. */
  readonly env?: Readonly<Record<string, string>>
  /** Runs the built bundle with its real times. */
  readonly asBuilt?: boolean
}

// Long enough that a sender may die between the acceptance of a mail and learning of it.
const MAIL_ANSWER = 40

const entry = fileURLToPath(new URL('backend-entry.ts', import.meta.url))

/** Starts everything that a mode needs, with nothing in it. */
export async function startSystem({ mode, env = {}, asBuilt = false }: SystemOptions): Promise<ChainSystem> {
  await using stack = new AsyncDisposableStack()
  const servers = mode === 'connected' ? await startServers(stack) : undefined
  const backend = stack.use(
    await startBackendProcess({
      env: { FLIGHTLINE_DAY: 'none', ...(servers && connectionOf(servers)), ...tuned(asBuilt), ...env },
      ...(!asBuilt && { entry }),
    }),
  )
  const running = stack.move()
  return {
    mode,
    backend,
    servers,
    openEngine: () => openEngine(engineSettings(backend, servers), silentLog()),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

async function startServers(stack: AsyncDisposableStack): Promise<Servers> {
  const started = await Promise.allSettled([
    startKafka(),
    startOwnMongo(),
    startMailServer({ answerAfter: MAIL_ANSWER }),
  ])
  for (const result of started) if (result.status === 'fulfilled') stack.use(result.value)
  const [kafka, mongo, mail] = started
  if (kafka.status === 'rejected') throw kafka.reason
  if (mongo.status === 'rejected') throw mongo.reason
  if (mail.status === 'rejected') throw mail.reason
  return { kafka: kafka.value, mongo: mongo.value, mail: mail.value }
}

/** Never the server of MONGODB_URL: that one is somebody's, and ours gets killed. */
function startOwnMongo(): Promise<MongoService> {
  const mongod = findOnPath('mongod')
  return mongod === undefined ? startMongoStandIn() : startMongod(mongod)
}

/** The settings that name the servers. */
export function connectionOf({ kafka, mongo, mail }: Servers): Readonly<Record<string, string>> {
  return {
    MONGODB_URL: mongo.url,
    KAFKA_BROKERS: kafka.brokers.join(','),
    SMTP_URL: mail.url,
    MAIL_FROM: 'Flightline <flights@example.com>',
  }
}

function tuned(asBuilt: boolean): Readonly<Record<string, string>> {
  return asBuilt ? {} : { CHAIN_TUNING: JSON.stringify(quickTuning) }
}

function engineSettings({ dataFolder }: BackendService, servers: Servers | undefined) {
  const connection = servers && {
    mongoUrl: servers.mongo.url,
    kafka: { brokers: servers.kafka.brokers, ssl: false, sasl: undefined },
  }
  return { dataFolder, connection }
}
