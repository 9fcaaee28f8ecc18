import { randomUUID } from 'node:crypto'
import { expect, inject, test } from 'vitest'
import '../../src/testing/services/provided-context.ts'
import { openFleet } from './lib/fleet.ts'
import { startKafkaProducer } from './lib/kafka-producer.ts'
import { createSource } from './lib/source.ts'
import { untilPresent } from './lib/steady.ts'
import { startFlightlineOnKafka } from './peers/flightline.ts'

const DEPARTURES = 10

test('what the producer writes to Kafka is taken in by the gateway and reaches its sockets', async () => {
  const source = createSource(DEPARTURES)
  const place = { brokers: inject('kafkaBrokers'), topicPrefix: `${randomUUID()}.` }
  await using peer = await startFlightlineOnKafka(source, place)
  await using producer = await startKafkaProducer(source, place)
  const { protocol, path, ports } = peer
  const { idSuffix } = source
  await using fleet = await openFleet({ protocol, path, ports, idSuffix, departures: DEPARTURES, sockets: 20 })
  await fleet.ready()
  const made = await producer.produce(1_000, 1)
  expect(made).toMatchObject({ changes: 1_000, revisions: new Array(DEPARTURES).fill(101) })
  const report = await untilPresent(fleet, { revisions: () => made.revisions }, 10_000)
  expect(report).toMatchObject({ ready: 20, stale: 0, back: 0 })
  const { offsets } = await peer.end()
  expect(await peer.intake()).toMatchObject({ changes: 1_000, offsets })
  expect(offsets.reduce((sum, offset) => sum + offset, 0)).toBeGreaterThanOrEqual(1_000)
})
