import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { createKafkaLog } from '../../../src/node/kafka/kafka-log.ts'
import { createLog } from '../../../src/node/log/create-log.ts'
import type { Produced } from '../lib/kafka-producer.ts'
import { createSource } from '../lib/source.ts'

// Writes changes to Kafka as the relay does. Each line of the standard input is a load: changes per second, and seconds.
const [brokers = '', topicPrefix = '', departures = '', firstAt = ''] = process.argv.slice(2)
const logger = createLog('warn', process.stderr)
const log = createKafkaLog({ brokers: brokers.split(','), ssl: false, sasl: undefined, topicPrefix, logger })
const source = createSource(Number(departures), Number(firstAt))

/** Milliseconds between two appends. */
const TICK = 10

// What waits here counts as delay of the gateway, although it is none: with so many appends under way, i.e. a fifth of a
// second, the broker sets the pace.
const UNDER_WAY = 20
const MOST_TICKS = 2

async function produce(perSecond: number, seconds: number): Promise<Produced> {
  const wanted = perSecond * seconds
  const startedAt = performance.now()
  const waiting: Promise<void>[] = []
  let made = 0
  let lastAt = 0
  while (made < wanted) {
    if (waiting.length >= UNDER_WAY) await waiting.shift()
    const due = Math.min(wanted, Math.ceil(((performance.now() - startedAt + TICK) / 1000) * perSecond))
    // After a pause not all that was missed comes at once.
    const changes = source.next(Math.min(due - made, Math.ceil((MOST_TICKS * perSecond * TICK) / 1000)))
    made += changes.length
    lastAt = Date.now()
    waiting.push(
      log.append(
        'flight_updates',
        changes.map(({ event }) => event),
      ),
    )
    const wait = startedAt + (made * 1000) / perSecond - performance.now()
    await sleep(Math.max(0, wait))
  }
  await Promise.all(waiting)
  return { changes: made, seconds: (performance.now() - startedAt) / 1000, lastAt, revisions: source.revisions() }
}

process.once('SIGTERM', () => process.exit(0))
await log.end('flight_updates')
console.log('ready')
for await (const line of createInterface({ input: process.stdin })) {
  const [perSecond = 0, seconds = 0] = line.split(' ').map(Number)
  console.log(JSON.stringify(await produce(perSecond, seconds)))
}
process.exit(0)
