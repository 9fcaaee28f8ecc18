import type { TestProject } from 'vitest/node'
import { type KafkaService, startKafka } from './kafka.ts'
import { startMongo } from './mongo.ts'
import type { MongoService } from './mongo-service.ts'
import './provided-context.ts'

let services: readonly [KafkaService, MongoService] | undefined

/** Starts Kafka and MongoDB once for all integration tests, side by side. */
export async function setup(project: TestProject): Promise<void> {
  const started = await Promise.allSettled([startKafka(), startMongo()])
  const [kafka, mongo] = started
  if (kafka.status === 'rejected' || mongo.status === 'rejected') {
    await Promise.all(started.map((result) => (result.status === 'fulfilled' ? result.value.stop() : undefined)))
    throw started.find((result) => result.status === 'rejected')?.reason
  }
  services = [kafka.value, mongo.value]
  project.provide('kafkaBrokers', [...kafka.value.brokers])
  project.provide('kafkaLabel', kafka.value.label)
  project.provide('mongoUrl', mongo.value.url)
  project.provide('mongoLabel', mongo.value.label)
  project.provide('mongoStandIn', mongo.value.standIn)
}

export async function teardown(): Promise<void> {
  await Promise.all((services ?? []).map((service) => service.stop()))
}
