import type { Kafka } from 'kafkajs'
import type { EventLog, Topic } from '../../shared/ports/event-log.ts'
import type { Log } from '../../shared/ports/log.ts'
import { closeReaders, openReader, type Readers } from '../readers/open-reader.ts'
import { type Appender, createAppender } from './appender.ts'
import { type ClusterLink, createClusterLink } from './cluster-link.ts'
import { connectKafka } from './connect-kafka.ts'
import { bury, listBuried } from './dead-records.ts'
import { readLag } from './group-lag.ts'
import type { KafkaLogOptions } from './kafka-options.ts'
import { readAsMember } from './member.ts'
import { readTail, takePlace } from './tail.ts'
import { readTopicLife, type TopicLife } from './topic-life.ts'
import { createTopics, type KafkaTopics } from './topics.ts'

interface LogContext {
  readonly kafka: Kafka
  readonly logger: Log
  readonly link: ClusterLink
  readonly topics: KafkaTopics
  readonly appender: Appender
  readonly readers: Readers
}

/**
 * The event log on Kafka. Nothing is connected before it is needed, topics that are missing are created then. Every
 * method that needs an answer fails with `FL_LOG_UNAVAILABLE` when there is none; readers go on by themselves.
 */
export function createKafkaLog(options: KafkaLogOptions): EventLog {
  const context = createContext(options)
  const { link, topics, appender, readers } = context
  const readLife = async (topic: Topic): Promise<TopicLife> => {
    const name = await topics.live(topic)
    return link.use((cluster) => readTopicLife(cluster, name))
  }
  return {
    ...createReading(context, readLife),
    async append(topic, messages) {
      const name = await topics.live(topic)
      const sent = messages.map(({ key, id, value }) => ({ key, value, headers: { id } }))
      await appender.append(name, sent)
    },
    async end(topic) {
      const { epoch, high } = await readLife(topic)
      return { epoch, offsets: high }
    },
    async beginning(topic) {
      const { epoch, low } = await readLife(topic)
      return { epoch, offsets: low }
    },
    bury: async (record, reason) => bury(appender, await topics.dead(record.topic), { record, reason }),
    async buried(topic) {
      const name = await topics.dead(topic)
      return link.use((cluster) => listBuried(cluster, name, topic))
    },
    async lag(topic, group) {
      const name = await topics.live(topic)
      return link.use((cluster) => readLag(cluster, { name, group: nameGroup(group, name) }))
    },
    async close() {
      await closeReaders(readers)
      await Promise.all([appender.close(), link.close()])
    },
  }
}

function createContext(options: KafkaLogOptions): LogContext {
  const { logger, partitions = 4, replicationFactor = -1, createsTopics = true, topicPrefix: prefix = '' } = options
  const kafka = connectKafka(options)
  const link = createClusterLink(kafka, options.patience ?? 15_000)
  const topics = createTopics({ kafka, link, prefix, partitions, replicationFactor, createsTopics })
  const appender = createAppender({ kafka, logger, deadline: options.appendDeadline ?? 30_000 })
  return { kafka, logger, link, topics, appender, readers: new Set() }
}

function createReading(
  { kafka, logger, link, topics, readers }: LogContext,
  readLife: (topic: Topic) => Promise<TopicLife>,
): Pick<EventLog, 'tail' | 'consume'> {
  return {
    async tail(topic, from, reader) {
      const life = await readLife(topic)
      const parts = { kafka, logger, topic, name: await topics.live(topic), reader }
      const place = takePlace(parts, life, from)
      return openReader(readers, (signal) => readTail(parts, place, signal))
    },
    async consume(topic, options, handle) {
      const name = await topics.live(topic)
      const group = nameGroup(options.group, name)
      const lag = (partitions: readonly number[]) =>
        link.use((cluster) => readLag(cluster, { name, group, partitions }))
      const parts = { kafka, logger, topic, name, group, handle, lag }
      return openReader(readers, (signal) => readAsMember(parts, signal))
    },
  }
}

/**
 * One group per topic: the library's assigner gives members partitions of topics that only other members of the group
 * asked for, and nobody reads those.
 */
function nameGroup(group: string, name: string): string {
  return `${group}.${name}`
}
