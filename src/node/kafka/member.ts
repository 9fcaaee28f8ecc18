import type { Consumer, Kafka } from 'kafkajs'
import type { BatchHandler, Topic } from '../../shared/ports/event-log.ts'
import type { Log } from '../../shared/ports/log.ts'
import { backOff, pause } from '../readers/pause.ts'
import { nameFailure } from './error-text.ts'
import { type Stay, takeBatch } from './member-batch.ts'
import { startWatchdog } from './member-watchdog.ts'
import { within } from './within.ts'

/** What a group reader is made from. */
export interface MemberParts {
  readonly kafka: Kafka
  readonly logger: Log
  readonly topic: Topic
  /** Of the topic on the cluster. */
  readonly name: string
  readonly group: string
  readonly handle: BatchHandler
  /** Unread records of the group in these partitions. */
  lag(partitions: readonly number[]): Promise<number>
}

// A stay as long as this was no failure to begin with: the next one starts without a pause.
const LONG_STAY = 60_000

/**
 * Reads as a member until `signal` is aborted. The library gives up on many failures and sometimes silently; each stay
 * therefore has a consumer of its own, and whatever ends it, another follows.
 */
export async function readAsMember(parts: MemberParts, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    const startedAt = Date.now()
    const reason = await stayOnce(parts, signal)
    if (signal.aborted) return
    if (Date.now() - startedAt > LONG_STAY) failures = 0
    parts.logger.warn({ topic: parts.name, group: parts.group, reason }, 'a group reader is started again')
    await pause(backOff(failures, 3_000), signal)
  }
}

/** @returns why it ended; by then no handler is running */
async function stayOnce(parts: MemberParts, signal: AbortSignal): Promise<string> {
  const { topic, handle, logger } = parts
  const over = Promise.withResolvers<string>()
  const end = new AbortController()
  const stay: Stay = { topic, handle, logger, signal: end.signal, movedAt: Date.now(), handling: undefined }
  const close = () => over.resolve('closed')
  signal.addEventListener('abort', close, { once: true })
  if (signal.aborted) close()
  const consumer = createConsumer(parts)
  const stopWatchdog = startWatchdog({ consumer, stay, parts, end: over.resolve })
  consumer.on(consumer.events.CRASH, ({ payload }) => over.resolve(nameFailure(payload.error)))
  run(consumer, stay, parts.name).catch((error: unknown) => over.resolve(nameFailure(error)))
  const reason = await over.promise
  end.abort()
  stopWatchdog()
  signal.removeEventListener('abort', close)
  await within(3_000, consumer.disconnect())
  await stay.handling?.catch(() => undefined)
  return reason
}

function createConsumer({ kafka, group }: MemberParts): Consumer {
  return kafka.consumer({
    groupId: group,
    allowAutoTopicCreation: false,
    // The shortest that brokers accept by default: a member that was killed is replaced so soon.
    sessionTimeout: 6_000,
    heartbeatInterval: 1_500,
    rebalanceTimeout: 10_000,
    maxWaitTimeInMs: 500,
    metadataMaxAge: 30_000,
    retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 1_000, restartOnFailure: async () => false },
  })
}

/** A group without an offset, or with one that is no longer kept, begins at the beginning: never is a record skipped. */
async function run(consumer: Consumer, stay: Stay, name: string): Promise<void> {
  await consumer.connect()
  await consumer.subscribe({ topics: [name], fromBeginning: true })
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: 1,
    eachBatch: (payload) => takeBatch(stay, payload),
  })
}
