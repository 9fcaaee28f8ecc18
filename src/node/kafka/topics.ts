import type { Cluster, Kafka } from 'kafkajs'
import type { Topic } from '../../shared/ports/event-log.ts'
import { pause } from '../readers/pause.ts'
import type { ClusterLink } from './cluster-link.ts'
import { readTopicLife } from './topic-life.ts'
import { within } from './within.ts'

/** The topics as Kafka knows them, created when they are first needed. */
export interface KafkaTopics {
  /** Makes sure it exists. @returns its name on the cluster */
  live(topic: Topic): Promise<string>
  /** The same for the records set aside. */
  dead(topic: Topic): Promise<string>
}

/** How topics are named and made. */
export interface TopicParts {
  readonly kafka: Kafka
  readonly link: ClusterLink
  readonly prefix: string
  readonly partitions: number
  readonly replicationFactor: number
  /** Without it, a topic that is missing is waited for. */
  readonly createsTopics: boolean
}

/** Asks once per topic; a failed attempt is forgotten. */
export function createTopics(parts: TopicParts): KafkaTopics {
  const known = new Map<string, Promise<string>>()
  const once = (name: string, partitions: number) => {
    const asked = known.get(name)
    if (asked !== undefined) return asked
    const asking = ensure(parts, name, partitions)
    known.set(name, asking)
    asking.catch(() => known.delete(name))
    return asking
  }
  return {
    live: (topic) => once(parts.prefix + topic, parts.partitions),
    dead: (topic) => once(`${parts.prefix}${topic}.dead`, 1),
  }
}

/** Named as the broker would name it. */
class MissingTopic extends Error {
  readonly type = 'UNKNOWN_TOPIC_OR_PARTITION'
}

/** Looks first: where clients may not create topics, an administrator has done it. */
function ensure(parts: TopicParts, name: string, partitions: number): Promise<string> {
  return parts.link.use(async (cluster) => {
    if (!(await isThere(cluster, name))) {
      if (!parts.createsTopics) throw new MissingTopic()
      await create(parts, name, partitions)
      await untilServed(cluster, name)
    }
    await cluster.addTargetTopic(name)
    return name
  })
}

/** Asking for the topic itself would do, but the library logs its absence as a failure. */
async function isThere(cluster: Cluster, name: string): Promise<boolean> {
  const { topicMetadata } = await cluster.metadata()
  return topicMetadata.some(({ topic }) => topic === name)
}

/** Another process may be doing the same; the library takes "exists already" for success. */
async function create({ kafka, replicationFactor }: TopicParts, topic: string, numPartitions: number): Promise<void> {
  const admin = kafka.admin()
  try {
    await admin.connect()
    await admin.createTopics({ topics: [{ topic, numPartitions, replicationFactor }], timeout: 5_000 })
  } finally {
    await within(2_000, admin.disconnect())
  }
}

// A young broker takes a second or two.
const SERVED_WITHIN = 5_000

/**
 * A topic that was just created is named before its leaders serve it. What is appended then fails for some of its
 * partitions and is appended again for all of them.
 */
async function untilServed(cluster: Cluster, name: string): Promise<void> {
  const late = AbortSignal.timeout(SERVED_WITHIN)
  for (;;) {
    try {
      await readTopicLife(cluster, name)
      return
    } catch (error) {
      if (late.aborted) throw error
    }
    await pause(50, late)
  }
}
