import { type Admin, Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type KafkaService, startKafka } from './kafka.ts'

function connect(brokers: readonly string[]): Kafka {
  return new Kafka({ clientId: 'services-test', brokers: [...brokers], logLevel: logLevel.NOTHING })
}

async function withAdmin<T>(kafka: Kafka, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin()
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.disconnect()
  }
}

async function produce(kafka: Kafka, topic: string, values: readonly string[]): Promise<void> {
  const producer = kafka.producer()
  await producer.connect()
  await producer.send({ topic, acks: -1, messages: values.map((value) => ({ key: 'B6739-2026-11-20-JFK', value })) })
  await producer.disconnect()
}

async function consume(kafka: Kafka, topic: string, count: number): Promise<string[]> {
  const consumer = kafka.consumer({ groupId: `reader-${Math.random()}` })
  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  const values: string[] = []
  await new Promise<void>((resolve, reject) => {
    const eachMessage = async ({ message }: { message: { value: Buffer | null } }) => {
      values.push(String(message.value))
      if (values.length >= count) resolve()
    }
    consumer.run({ eachMessage }).catch(reject)
  })
  await consumer.disconnect()
  return values
}

describe('the broker of the run', () => {
  const kafka = connect(inject('kafkaBrokers'))

  test('carries messages in the order they were sent', async () => {
    await withAdmin(kafka, (admin) => admin.createTopics({ topics: [{ topic: 'round-trip', numPartitions: 3 }] }))
    const values = Array.from({ length: 50 }, (_, index) => `change ${index}`)
    await produce(kafka, 'round-trip', values)
    expect(await consume(kafka, 'round-trip', 50)).toEqual(values)
  })

  test('creates no topic by mere use', async () => {
    await expect(produce(connectOnce(inject('kafkaBrokers')), 'never-created', ['lost'])).rejects.toThrow()
    const topics = await withAdmin(kafka, (admin) => admin.listTopics())
    expect(topics).not.toContain('never-created')
  })

  test('names itself for labels', () => {
    expect(inject('kafkaLabel')).toContain('Kafka 4.3')
  })
})

describe('a broker of its own', () => {
  let service: KafkaService

  beforeAll(async () => {
    service = await startKafka({ properties: { 'auto.create.topics.enable': 'true' } })
  })

  afterAll(() => service.stop())

  test('keeps address and messages over kill -9 and restart', async () => {
    const before = connect(service.brokers)
    await produce(before, 'survivor', ['one', 'two'])
    await service.kill()
    await expect(withAdmin(connectOnce(service.brokers), (admin) => admin.listTopics())).rejects.toThrow()
    await service.restart()
    const after = connect(service.brokers)
    await produce(after, 'survivor', ['three'])
    expect(await consume(after, 'survivor', 3)).toEqual(['one', 'two', 'three'])
  })

  test('is apart from the broker of the run', async () => {
    expect(service.brokers).not.toEqual(inject('kafkaBrokers'))
    const topics = await withAdmin(connect(inject('kafkaBrokers')), (admin) => admin.listTopics())
    expect(topics).not.toContain('survivor')
  })

  test('is gone after stop', async () => {
    const other = await startKafka()
    await other.stop()
    await expect(withAdmin(connectOnce(other.brokers), (admin) => admin.listTopics())).rejects.toThrow()
  })
})

function connectOnce(brokers: readonly string[]): Kafka {
  return new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING, retry: { retries: 0 } })
}
