import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type KafkaService, startKafka } from '../../../src/testing/services/kafka.ts'
import { type Fleet, type FleetOptions, type FleetReport, openFleet, percentileOf } from '../lib/fleet.ts'
import { countFollowers } from '../lib/followed.ts'
import { type KafkaProducer, type Produced, startKafkaProducer } from '../lib/kafka-producer.ts'
import { readUsage } from '../lib/process-usage.ts'
import { createSource } from '../lib/source.ts'
import type { PushOptions } from '../options.ts'
import { type Flightline, startFlightlineOnKafka } from '../peers/flightline.ts'

/** One run. Times in milliseconds, unless they are named otherwise. */
export interface KafkaRun {
  /** How many follow everything, and how many 1–3 flights. */
  readonly sockets: { readonly all: number; readonly few: number }
  readonly changes: number
  /** Changes per second that the broker confirmed, and that the gateway's board took in. */
  readonly produced: number
  readonly taken: number
  /** The most by which the gateway's board was behind the log's end, and behind the acceptance of a change. */
  readonly lag: { readonly records: number; readonly milliseconds: number }
  /** Processor seconds per second. */
  readonly cores: {
    readonly gateway: number
    readonly broker: number
    readonly producer: number
    readonly generators: number
  }
  /** Messages on sockets per second. */
  readonly deliveries: number
  /** Share of what every follower of every change would have got that newer changes replaced. */
  readonly conflated: number
  /** Accepted → received, of those who follow everything and of those who follow some flights. */
  readonly delay: { readonly all: Percentiles; readonly few: Percentiles }
  /** From the last change until every socket had the last state of everything it follows. */
  readonly settled: number
  /** Sockets that had not, a minute later. */
  readonly stale: number
  readonly back: number
  /** The gateway's largest resident memory in kB. */
  readonly memory: number
}

interface Percentiles {
  readonly p50: number
  readonly p99: number
}

const DEPARTURES = 1_000
const FLIGHTS = 3
const PER_SECOND = 20_000
const WARM_UP = 3
const LATE = 60_000

// Those who follow everything get 2 GB a second if nothing is conflated, which no two cores carry.
const SOCKETS = { all: 200, few: 2_000 }

/** Far more changes than sockets can take come from Kafka; the gateway must keep up, and every screen end with the last state. */
export async function measureKafka(options: PushOptions): Promise<readonly KafkaRun[]> {
  const runs: KafkaRun[] = []
  const [all = SOCKETS.all, few = SOCKETS.few] = options.sockets
  await using kafka = await startKafka()
  for (let repeat = 1; repeat <= options.repeats; repeat += 1) {
    const run = await measureOne(kafka, { all, few }, options.seconds)
    runs.push(run)
    console.log(`run ${repeat}/${options.repeats} ${JSON.stringify(run)}`)
  }
  return runs
}

interface Running {
  readonly kafka: KafkaService
  readonly peer: Flightline
  readonly producer: KafkaProducer
  readonly fleets: readonly [all: Fleet, few: Fleet]
}

async function measureOne(kafka: KafkaService, sockets: KafkaRun['sockets'], seconds: number): Promise<KafkaRun> {
  const source = createSource(DEPARTURES)
  const place = { brokers: kafka.brokers, topicPrefix: `${randomUUID()}.` }
  await using peer = await startFlightlineOnKafka(source, place)
  await using producer = await startKafkaProducer(source, place)
  const { protocol, path, ports } = peer
  const common: Omit<FleetOptions, 'sockets'> = {
    ...{ protocol, path, ports, departures: DEPARTURES, idSuffix: source.idSuffix },
  }
  await using all = await openFleet({ ...common, sockets: sockets.all })
  await using few = await openFleet({ ...common, sockets: sockets.few, flights: FLIGHTS })
  const running: Running = { kafka, peer, producer, fleets: [all, few] }
  await Promise.all([all.ready(), few.ready()])
  await settle(running.fleets, await producer.produce(PER_SECOND, WARM_UP))
  await Promise.all([all.reset(), few.reset()])
  return { sockets, ...(await observe(running, sockets, seconds)) }
}

async function observe(
  running: Running,
  sockets: KafkaRun['sockets'],
  seconds: number,
): Promise<Omit<KafkaRun, 'sockets'>> {
  const { peer, producer, fleets } = running
  const first = await peer.intake()
  const before = readCpu(running)
  const watch = watchPeer(peer)
  const made = await producer.produce(PER_SECOND, seconds)
  const taken = ((await peer.intake()).changes - first.changes) / made.seconds
  const cpu = readCpu(running)
  const { lag, memory } = await watch.end()
  const { reports, settled } = await settle(fleets, made)
  const [all, few] = reports
  const deliveries = all.messages + few.messages
  const due = made.changes * sockets.all + countDue(made.changes, sockets.few)
  const cores = (read: (cpu: Cpu) => number) => (read(cpu) - read(before)) / made.seconds
  return {
    ...{ changes: made.changes, produced: made.changes / made.seconds, taken, lag },
    cores: {
      gateway: cores(({ gateway }) => gateway),
      broker: cores(({ broker }) => broker),
      producer: cores((used) => used.producer),
      generators: cores(({ generators }) => generators),
    },
    ...{ deliveries: deliveries / (made.seconds + settled / 1000), conflated: 1 - deliveries / due },
    delay: { all: percentilesOf(all), few: percentilesOf(few) },
    ...{ settled, stale: all.stale + few.stale, back: all.back + few.back, memory },
  }
}

/** Waits until every socket has the last state, and says how long after the last change that was. */
async function settle(fleets: Running['fleets'], { revisions, lastAt }: Produced) {
  for (;;) {
    const [all, few] = await Promise.all([fleets[0].report(revisions), fleets[1].report(revisions)])
    const settled = Date.now() - lastAt
    if (all.stale + few.stale === 0 || settled > LATE) return { reports: [all, few] as const, settled }
    await sleep(20)
  }
}

/** Looks at the gateway's lag and memory until told to end; keeps the largest values seen. */
function watchPeer(peer: Flightline) {
  const most = { lag: { records: 0, milliseconds: 0 }, memory: 0 }
  let isOver = false
  const look = async () => {
    while (!isOver) {
      // The end first: what comes in between makes the lag look smaller, by less than asking takes.
      const { offsets: ends } = await peer.end()
      const { offsets, late } = await peer.intake()
      const records = ends.reduce((sum, end, partition) => sum + Math.max(0, end - (offsets[partition] ?? 0)), 0)
      most.lag = {
        records: Math.max(most.lag.records, records),
        milliseconds: Math.max(most.lag.milliseconds, late),
      }
      most.memory = Math.max(most.memory, readUsage(peer.pids).memory)
      await sleep(200)
    }
  }
  const looking = look()
  return {
    async end() {
      isOver = true
      await looking
      return most
    },
  }
}

interface Cpu {
  readonly gateway: number
  readonly broker: number
  readonly producer: number
  readonly generators: number
}

function readCpu({ kafka, peer, producer, fleets: [all, few] }: Running): Cpu {
  const used = (pids: readonly number[]) => {
    const { user, system } = readUsage(pids)
    return user + system
  }
  return {
    gateway: used(peer.pids),
    broker: used([kafka.pid()]),
    producer: producer.cpu(),
    generators: all.cpu() + few.cpu(),
  }
}

/** Departures change in turn and equally often. */
function countDue(changes: number, sockets: number): number {
  const followers = countFollowers(sockets, DEPARTURES, FLIGHTS).reduce((sum, count) => sum + count, 0)
  return (changes / DEPARTURES) * followers
}

function percentilesOf({ delays }: FleetReport): Percentiles {
  return { p50: percentileOf(delays, 0.5), p99: percentileOf(delays, 0.99) }
}
