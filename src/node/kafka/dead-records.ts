import type { Cluster, Message } from 'kafkajs'
import { isFlightlineError } from '../../shared/lib/errors.ts'
import type { LogRecord, Topic } from '../../shared/ports/event-log.ts'
import type { Appender } from './appender.ts'
import { type FetchedMessage, fetchMessages } from './fetch-messages.ts'
import { toRecord } from './to-record.ts'
import { readTopicLife } from './topic-life.ts'

/** A record set aside, and why. */
export interface DeadRecord {
  readonly record: LogRecord
  readonly reason: string
}

// What is listed; older ones are still in the topic.
const LISTED = 1_000

// Room for the reason beside a record that was already as large as the broker allows.
const SHORTENED = 500_000

/** Appends a record to the topic of those set aside: as it was, with its place and the reason in headers. */
export async function bury(appender: Appender, name: string, { record, reason }: DeadRecord): Promise<void> {
  const headers = { partition: String(record.partition), offset: String(record.offset), reason }
  const message = { key: record.key ?? null, value: record.value ?? null, headers }
  try {
    await appender.append(name, [message])
  } catch (error) {
    if (!isTooLarge(error)) throw error
    await appender.append(name, [shorten(message)])
  }
}

function isTooLarge(error: unknown): boolean {
  return isFlightlineError(error, 'FL_LOG_UNAVAILABLE') && error.details.problem === 'MESSAGE_TOO_LARGE'
}

/** The partition has to move on, so a part has to do; the whole is still where it came from. */
function shorten(message: Message): Message {
  const value = String(message.value).slice(0, SHORTENED)
  return { ...message, value, headers: { ...message.headers, shortened: 'true' } }
}

/** Reads the newest of them, oldest first, each once. */
export async function listBuried(cluster: Cluster, name: string, topic: Topic): Promise<readonly DeadRecord[]> {
  const { low, high } = await readTopicLife(cluster, name)
  const [least = 0] = low
  const [end = 0] = high
  const found: DeadRecord[] = []
  const [nodeId] = Object.keys(cluster.findLeaderForPartitions(name, [0]))
  for (let next = Math.max(least, end - LISTED); nodeId !== undefined && next < end; ) {
    const messages = await fetchMessages(cluster, { nodeId, topic: name, offsets: new Map([[0, next]]) })
    next = (messages.at(-1)?.offset ?? end) + 1
    found.push(...messages.filter(({ isControlRecord }) => !isControlRecord).map((message) => toDead(topic, message)))
  }
  return [...new Map(found.reverse().map((dead) => [placeOf(dead), dead])).values()].reverse()
}

const placeOf = ({ record }: DeadRecord) => `${record.partition}:${record.offset}`

function toDead(topic: Topic, { headers, ...message }: FetchedMessage): DeadRecord {
  const [partition, offset] = [Number(headers.partition ?? message.partition), Number(headers.offset ?? message.offset)]
  return { record: toRecord(topic, { ...message, partition, offset }), reason: String(headers.reason ?? 'unknown') }
}
