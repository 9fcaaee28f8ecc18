import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Kafka, logLevel } from 'kafkajs'
import { startChild } from './child-process.ts'
import { freePorts } from './free-port.ts'
import { installJavaProgram } from './java.ts'
import { type KafkaPorts, kafkaProperties } from './kafka-properties.ts'
import { createRestartable, type Restartable } from './restartable.ts'
import { createTemporaryFolder } from './temporary-folder.ts'

// Any 16 bytes in base64url do; a fixed one lets a restart find its own data.
const CLUSTER_ID = 'Zmxp-2h0bGluZS10ZXN0cw'
const HEAP = ['-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto']
const LOGGING = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-Dorg.slf4j.simpleLogger.showDateTime=true']

export interface KafkaOptions {
  /** Broker settings over ours, e.g. `{ 'auto.create.topics.enable': 'true' }`. */
  readonly properties?: Readonly<Record<string, string>>
}

export interface KafkaService extends Restartable {
  /** `host:port`, as Kafka clients want it. */
  readonly brokers: readonly string[]
  /** What runs, for labels of measurements. */
  readonly label: string
  readonly logFile: string
}

/** One broker, KRaft, on free ports of 127.0.0.1, with data of its own. */
export async function startKafka({ properties = {} }: KafkaOptions = {}): Promise<KafkaService> {
  const { java, classPath } = await installJavaProgram('kafka')
  const folder = await createTemporaryFolder('kafka')
  const [broker = 0, controller = 0] = await freePorts(2)
  const ports: KafkaPorts = { broker, controller }
  const settings = join(folder.path, 'server.properties')
  const logFile = join(folder.path, 'kafka.log')
  await writeFile(settings, kafkaProperties({ ports, dataFolder: join(folder.path, 'data'), extra: properties }))
  const args = [...HEAP, ...LOGGING, '-cp', classPath, 'Broker', settings, CLUSTER_ID]
  const service = await createRestartable(folder, () =>
    startChild({ label: 'Kafka', command: java, args, logFile, isReady: () => answers(broker) }),
  )
  return { ...service, brokers: [`127.0.0.1:${broker}`], label: 'Apache Kafka 4.3.0', logFile }
}

/** Ready means: the broker is in its own metadata and can say who coordinates a group. */
async function answers(port: number): Promise<boolean> {
  const kafka = new Kafka({
    clientId: 'readiness',
    brokers: [`127.0.0.1:${port}`],
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1_000,
    retry: { retries: 0 },
  })
  const admin = kafka.admin()
  try {
    await admin.connect()
    const cluster = await admin.describeCluster()
    return cluster.brokers.length > 0 && cluster.controller !== null
  } finally {
    await admin.disconnect()
  }
}
