import { randomUUID } from 'node:crypto'
import { expect, inject, onTestFinished, test } from 'vitest'
import { createKafkaLog } from '../../src/node/kafka/kafka-log.ts'
import { toPublicDeparture } from '../../src/shared/api/public-departure.ts'
import type { Departure } from '../../src/shared/domain/departure.ts'
import { encodeDepartureChanged } from '../../src/shared/events/departure-changed.ts'
import { covers, parsePosition } from '../../src/shared/events/position.ts'
import type { LogMessage } from '../../src/shared/ports/event-log.ts'
import { amendment } from '../../src/testing/fixtures/amendment.ts'
import { departures } from '../../src/testing/fixtures/departure.ts'
import { eventually } from '../../src/testing/fixtures/eventually.ts'
import { silentLog } from '../../src/testing/fixtures/logs.ts'
import type { PushClient } from '../../src/testing/push/push-client.ts'
import { startPushWorld } from '../../src/testing/push/push-world.ts'
import '../../src/testing/services/provided-context.ts'

const CHANGES = 20_000
const TOPIC = 'flight_updates'

function openLog() {
  const settings = { brokers: inject('kafkaBrokers'), ssl: false, sasl: undefined, logger: silentLog() }
  return createKafkaLog({ ...settings, topicPrefix: `${randomUUID()}.` })
}

/** Changes of the departures in turn. @returns also the departures as they are afterwards */
function changeInTurn(seed: readonly Departure[]) {
  const present = [...seed]
  const messages: LogMessage[] = []
  for (let made = 0; made < CHANGES; made += 1) {
    const at = made % present.length
    const { next, change } = amendment(present[at], { gate: `C${made % 97}` })
    present[at] = next
    messages.push(encodeDepartureChanged({ departure: next, change }))
  }
  return { messages, present }
}

/** What a screen shows in the end. @throws when a frame is older than what came before it */
function showFrames(client: PushClient) {
  const shown = new Map<string, { readonly revision: number }>()
  let last = parsePosition(client.all('snapshot')[0]?.position ?? '')
  for (const { departure, position } of client.all('departure')) {
    const next = parsePosition(position)
    if (!last || !next || !covers(next, last)) throw new Error(`${position} covers less than the frame before`)
    last = next
    const before = shown.get(departure.id)?.revision ?? 0
    if (departure.revision <= before) throw new Error(`${departure.id} goes from ${before} to ${departure.revision}`)
    shown.set(departure.id, departure)
  }
  return shown
}

function isPresent(client: PushClient, expected: readonly Departure[]): boolean {
  const shown = new Map(client.all('departure').map(({ departure }) => [departure.id, departure.revision]))
  return expected.every(({ id, revision }) => shown.get(id) === revision)
}

test('after twenty thousand changes at once from Kafka every screen shows the last of each, and none went back', async () => {
  const seed = departures(200)
  const log = openLog()
  onTestFinished(() => log.close())
  await using world = await startPushWorld({ seed, reads: log })
  const all = await world.follow({ op: 'follow', all: true })
  const chosen = seed.slice(0, 3)
  const few = await world.follow({ op: 'follow', flights: Object.fromEntries(chosen.map(({ id }) => [id, 0])) })
  const { messages, present } = changeInTurn(seed)
  const poison = { key: seed[7]?.id ?? '', id: 'poison', value: '{"specversion":"1.0"}' }
  await log.append(TOPIC, messages.toSpliced(CHANGES / 2, 0, poison))
  await eventually(() => isPresent(all, present) && isPresent(few, present.slice(0, 3)), 30_000)
  const expected = (which: readonly Departure[]) =>
    which.map((departure) => [departure.id, toPublicDeparture(departure)])
  const wire = (value: unknown) => JSON.parse(JSON.stringify(value))
  expect([...showFrames(all)].toSorted()).toEqual(wire(expected(present)).toSorted())
  expect([...showFrames(few)].toSorted()).toEqual(wire(expected(present.slice(0, 3))).toSorted())
  // A part of a large append may come twice on a machine that stands still for seconds, and the poison with it.
  expect(new Set((await log.buried(TOPIC)).map(({ record }) => record.value))).toEqual(new Set([poison.value]))
})
