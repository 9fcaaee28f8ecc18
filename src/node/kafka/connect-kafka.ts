import { Kafka, type LogEntry, logLevel, type SASLOptions } from 'kafkajs'
import type { Log } from '../../shared/ports/log.ts'
import type { SaslSettings } from '../config/settings.ts'
import type { KafkaLogOptions } from './kafka-options.ts'

/** The client all readers and writers are made with. It connects nothing by itself. */
export function connectKafka({ brokers, ssl, sasl, logger }: KafkaLogOptions): Kafka {
  return new Kafka({
    clientId: 'flightline',
    brokers: [...brokers],
    ssl,
    ...(sasl ? { sasl: toSaslOptions(sasl) } : {}),
    connectionTimeout: 3_000,
    authenticationTimeout: 5_000,
    // A broker that swallows everything is noticed after this long; the library's half a minute is too long for a gate.
    requestTimeout: 6_000,
    retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 1_000 },
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => writeEntry(logger, entry),
  })
}

function toSaslOptions({ mechanism, ...account }: SaslSettings): SASLOptions {
  switch (mechanism) {
    case 'plain':
      return { mechanism, ...account }
    case 'scram-sha-256':
      return { mechanism, ...account }
    case 'scram-sha-512':
      return { mechanism, ...account }
  }
}

// The library puts whole requests into some entries; only these fields are known to hold no record of ours.
const harmless = ['broker', 'groupId', 'topic', 'partition', 'error', 'retryCount', 'retryTime', 'correlationId']

/** What the library calls an error is for us a warning: our own code decides what is lost and says so. */
function writeEntry(logger: Log, { namespace, log }: LogEntry): void {
  const fields = harmless.flatMap((name) => (log[name] === undefined ? [] : [[name, text(log[name])]]))
  logger.warn({ part: 'kafkajs', namespace, ...Object.fromEntries(fields) }, log.message)
}

function text(value: unknown): unknown {
  if (typeof value !== 'object') return value
  return value instanceof Error ? value.message : undefined
}
