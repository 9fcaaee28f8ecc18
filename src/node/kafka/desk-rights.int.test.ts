import {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  type Admin,
  Kafka,
  logLevel,
  Partitioners,
  ResourcePatternTypes,
} from 'kafkajs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { collector, messages } from '../../testing/fixtures/log-records.ts'
import { recordingLog, silentLog } from '../../testing/fixtures/logs.ts'
import { type KafkaService, startKafka } from '../../testing/services/kafka.ts'
import { readingLog } from '../engine/reading-log.ts'
import { createKafkaLog } from './kafka-log.ts'

const TOPIC = 'flight_updates'
let service: KafkaService
let kafka: Kafka
let admin: Admin

const open = (createsTopics: boolean) => {
  const { brokers } = service
  return createKafkaLog({ brokers, ssl: false, sasl: undefined, logger: silentLog(), createsTopics, patience: 2_000 })
}

type Resource = readonly [type: AclResourceTypes, name: string]

/** What is named is allowed, and nothing else of that resource any more. */
const allow = ([resourceType, resourceName]: Resource, operations: AclOperationTypes[]) =>
  operations.map((operation) => ({
    ...{ resourceType, resourceName, resourcePatternType: ResourcePatternTypes.LITERAL },
    ...{ principal: 'User:ANONYMOUS', host: '*', operation, permissionType: AclPermissionTypes.ALLOW },
  }))

const deny = (resource: Resource, operations: AclOperationTypes[]) =>
  allow(resource, operations).map((acl) => ({ ...acl, permissionType: AclPermissionTypes.DENY }))

// A broker that asks its authorizer about everybody. Without accounts all clients are the same one, whose rights are taken
// away when the backend has done its work: what is left are those of `docs/desktop.md`.
beforeAll(async () => {
  service = await startKafka({
    properties: {
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'allow.everyone.if.no.acl.found': 'true',
    },
  })
  kafka = new Kafka({ brokers: [...service.brokers], logLevel: logLevel.NOTHING, retry: { retries: 1 } })
  admin = kafka.admin()
  await admin.connect()
  const backend = open(true)
  await backend.append(TOPIC, messages(3, { keys: 1 }))
  await backend.end('broadcasts')
  await backend.close()
  const { READ, DESCRIBE, CREATE, DELETE, ALL } = AclOperationTypes
  await admin.createAcls({
    acl: [
      ...allow([AclResourceTypes.TOPIC, TOPIC], [READ, DESCRIBE]),
      ...deny([AclResourceTypes.TOPIC, '*'], [CREATE]),
      ...deny([AclResourceTypes.GROUP, '*'], [ALL]),
      ...allow([AclResourceTypes.CLUSTER, 'kafka-cluster'], [ALL]),
      ...deny([AclResourceTypes.CLUSTER, 'kafka-cluster'], [CREATE, DELETE]),
    ],
  })
})

afterAll(async () => {
  await admin?.disconnect()
  await service?.stop()
})

test('reading and describing the topic of changes is all that a desk needs', async () => {
  const desk = readingLog(open(false), recordingLog())
  const from = await desk.beginning(TOPIC)
  const seen = collector()
  const reader = await desk.tail(TOPIC, from, seen)
  await seen.have(3)
  expect((await desk.end(TOPIC)).offsets).toHaveLength(4)
  await reader.close()
  await desk.close()
})

test('with these rights nothing can be published', async () => {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  const send = producer.send({ topic: TOPIC, messages: [{ value: '{}' }] })
  await expect(send).rejects.toMatchObject({ type: 'TOPIC_AUTHORIZATION_FAILED' })
  await producer.disconnect()
})

test('with these rights no other topic can be read, and none be made', async () => {
  const desk = open(false)
  await expect(desk.end('broadcasts')).rejects.toMatchObject({ code: 'FL_LOG_UNAVAILABLE' })
  await desk.close()
  await expect(admin.createTopics({ topics: [{ topic: 'another' }] })).rejects.toMatchObject({
    errors: [{ type: 'TOPIC_AUTHORIZATION_FAILED' }],
  })
})
