import type { Log } from '../../shared/ports/log.ts'
import type { KafkaSettings } from '../config/settings.ts'
import { describeNetworkFailure } from '../web/describe-network-failure.ts'
import { connectKafka } from './connect-kafka.ts'
import { within } from './within.ts'

/** What trying a cluster came to, in words for who set it up. */
export interface Probe {
  readonly ok: boolean
  readonly message: string
}

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }
const PATIENCE = 8_000
const TOPIC = 'flight_updates'

/**
 * Tries to connect, and whether the topic of the departures is there.
 * @param willPrepare - a backend of this machine will make the topics at its start
 */
export async function probeKafka(
  settings: KafkaSettings,
  { willPrepare }: { readonly willPrepare: boolean },
): Promise<Probe> {
  const admin = connectKafka({ ...settings, logger: silent }).admin({ retry: { retries: 0 } })
  try {
    await limited(admin.connect())
    const topics = await limited(admin.listTopics())
    if (topics.includes(TOPIC)) return { ok: true, message: 'Kafka answers.' }
    return willPrepare
      ? { ok: true, message: 'Kafka answers; the topics will be made.' }
      : {
          ok: false,
          message: `There is no topic ${TOPIC} on this Kafka, or this user may not see it: start a backend on it once, or make this desk the server.`,
        }
  } catch (error) {
    return { ok: false, message: describeFailure(error, settings) }
  } finally {
    await within(2_000, admin.disconnect())
  }
}

async function limited<T>(work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(Object.assign(new Error('late'), { code: 'ETIMEDOUT' })), PATIENCE)
  try {
    return await Promise.race([work, promise])
  } finally {
    clearTimeout(timer)
  }
}

function describeFailure(error: unknown, { ssl }: KafkaSettings): string {
  // By name: the library is CommonJS, and its error classes are no named exports of the built program.
  if (error instanceof Error && error.name === 'KafkaJSSASLAuthenticationError') {
    return 'Kafka refuses this name or password, or this way to sign in; correct them.'
  }
  const words = describeNetworkFailure(error)
  if (words) return `Kafka cannot be reached: ${words}.`
  return ssl
    ? 'Kafka cannot be reached; check the brokers, and whether they speak TLS.'
    : 'Kafka cannot be reached; check the brokers, and whether they expect TLS.'
}
