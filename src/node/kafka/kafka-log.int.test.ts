import { randomUUID } from 'node:crypto'
import { Kafka, logLevel } from 'kafkajs'
import { inject } from 'vitest'
import { topics } from '../../shared/ports/event-log.ts'
import { describeEventLog } from '../../testing/contracts/event-log.contract.ts'
import type { LogPair } from '../../testing/contracts/log-pair.ts'
import { silentLog } from '../../testing/fixtures/logs.ts'
import '../../testing/services/provided-context.ts'
import { createKafkaLog } from './kafka-log.ts'

const brokers = inject('kafkaBrokers')

/** Each pair has topics of its own on the broker that all tests share. */
async function openPair(): Promise<LogPair> {
  const topicPrefix = `${randomUUID()}.`
  const open = () => createKafkaLog({ brokers, ssl: false, sasl: undefined, logger: silentLog(), topicPrefix })
  const [first, second] = [open(), open()]
  const kafka = new Kafka({ brokers, logLevel: logLevel.NOTHING })
  const admin = kafka.admin()
  await admin.connect()
  return {
    first,
    second,
    async appendForeign(topic, { key = null, value = null }) {
      const producer = kafka.producer()
      await producer.connect()
      await producer.send({ topic: topicPrefix + topic, messages: [{ key, value }] })
      await producer.disconnect()
    },
    async trim(topic) {
      const offsets = await admin.fetchTopicOffsets(topicPrefix + topic)
      const partitions = offsets
        .filter(({ high }) => Number(high) > 0)
        .map(({ partition, high }) => ({ partition, offset: String(Number(high) - 1) }))
      await admin.deleteTopicRecords({ topic: topicPrefix + topic, partitions })
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([first.close(), second.close()])
      const names = new Set(topics.flatMap((topic) => [topicPrefix + topic, `${topicPrefix}${topic}.dead`]))
      const made = (await admin.listTopics()).filter((name) => names.has(name))
      if (made.length > 0) await admin.deleteTopics({ topics: made })
      await admin.disconnect()
    },
  }
}

describeEventLog('Kafka', openPair)
