import type { Cluster, Kafka } from 'kafkajs'
import type { LogPosition, TailReader, Topic } from '../../shared/ports/event-log.ts'
import type { Log } from '../../shared/ports/log.ts'
import { handOver } from '../readers/hand-over.ts'
import { backOff, pause } from '../readers/pause.ts'
import { nameFailure } from './error-text.ts'
import { type FetchedMessage, fetchMessages } from './fetch-messages.ts'
import { openCluster } from './open-cluster.ts'
import { toRecord } from './to-record.ts'
import { findStart, partitionsOf, readEpoch, readTopicLife, type TopicLife } from './topic-life.ts'
import { within } from './within.ts'

// Partitions that moved or were added, and a topic that was recreated without any request failing, are noticed so soon.
const LOOK_EVERY = 20_000

/** What a fan-out reader is made from. */
export interface TailParts {
  readonly kafka: Kafka
  readonly logger: Log
  readonly topic: Topic
  /** Of the topic on the cluster. */
  readonly name: string
  readonly reader: TailReader
}

/** Where a tail is. */
export interface TailPlace {
  epoch: string
  /** Next offset by partition. */
  offsets: number[]
  /** Set when the broker said that the place is not there. */
  isLost: boolean
}

/** Takes the place asked for, or the beginning when that is lost, and tells the reader so. */
export function takePlace(parts: TailParts, life: TopicLife, from: LogPosition): TailPlace {
  const start = findStart(life, from)
  return start ? { epoch: life.epoch, offsets: [...start], isLost: false } : restart(parts, life)
}

function restart({ reader, logger, name }: TailParts, { epoch, low }: TopicLife): TailPlace {
  logger.warn({ topic: name, epoch }, 'a reader has lost its place and starts at what is kept')
  reader.onLost?.({ epoch, offsets: low })
  return { epoch, offsets: [...low], isLost: false }
}

/**
 * Reads until `signal` is aborted. No group and no committed offsets: partitions are asked of their leaders directly,
 * so nothing rebalances and the first record comes in milliseconds. Any failure ends the connections; new ones go on
 * at the same place.
 */
export async function readTail(parts: TailParts, place: TailPlace, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    const cluster = openCluster(parts.kafka)
    try {
      await cluster.connect()
      await confirmPlace(parts, place, cluster)
      await readRound({ parts, place, cluster, signal, succeeded: () => (failures = 0) })
    } catch (error) {
      if (!signal.aborted) parts.logger.warn({ topic: parts.name, problem: nameFailure(error) }, 'reading starts anew')
    }
    await within(2_000, cluster.disconnect())
    await pause(backOff(failures, 2_000), signal)
  }
}

/** Whatever happened while nothing was connected: the topic may be another one now. */
async function confirmPlace(parts: TailParts, place: TailPlace, cluster: Cluster): Promise<void> {
  const life = await readTopicLife(cluster, parts.name)
  if (place.isLost || life.epoch !== place.epoch) Object.assign(place, restart(parts, life))
  place.offsets = life.low.map((least, partition) => place.offsets[partition] ?? least)
}

interface Round {
  readonly parts: TailParts
  readonly place: TailPlace
  readonly cluster: Cluster
  readonly signal: AbortSignal
  readonly succeeded: () => void
}

/** All leaders side by side, their records one after the other; ends when one of them fails. */
async function readRound(round: Round): Promise<void> {
  const end = new AbortController()
  const signal = AbortSignal.any([round.signal, end.signal])
  const leaders = findLeaders(round)
  const inTurn = createTurns()
  const tasks = [
    ...Object.entries(leaders).map(([nodeId, partitions]) =>
      readLeader({ ...round, signal }, { nodeId, partitions, handIn: (found) => inTurn(() => receive(round, found)) }),
    ),
    watchTopic({ ...round, signal }, JSON.stringify(leaders)),
  ]
  const results = await Promise.allSettled(tasks.map((task) => task.finally(() => end.abort())))
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
}

function findLeaders({ cluster, parts }: Round): Readonly<Record<string, readonly number[]>> {
  return cluster.findLeaderForPartitions(parts.name, [...partitionsOf(cluster, parts.name)])
}

interface Leader {
  readonly nodeId: string
  readonly partitions: readonly number[]
  readonly handIn: (found: readonly FetchedMessage[]) => Promise<void>
}

async function readLeader(round: Round, { nodeId, partitions, handIn }: Leader): Promise<void> {
  const { cluster, parts, place, signal } = round
  while (!signal.aborted) {
    const offsets = new Map(partitions.map((partition) => [partition, place.offsets[partition] ?? 0]))
    try {
      const found = await fetchMessages(cluster, { nodeId, topic: parts.name, offsets })
      round.succeeded()
      if (found.length > 0) await handIn(found)
    } catch (error) {
      place.isLost ||= error instanceof Error && error.name === 'KafkaJSOffsetOutOfRange'
      throw error
    }
  }
}

/**
 * All that a broker answered at once is handed in at once: a reader that is behind gets more at a time, and is spared
 * whatever newer records of the same key make superfluous. The place moves on only with what was taken: what was not is
 * fetched again by the next round.
 */
async function receive({ parts, place, signal }: Round, found: readonly FetchedMessage[]): Promise<void> {
  const receiver = { handle: parts.reader.handle, logger: parts.logger, signal }
  const records = found.filter(({ isControlRecord }) => !isControlRecord)
  const isTaken = await handOver(
    receiver,
    records.map((message) => toRecord(parts.topic, message)),
  )
  if (!isTaken) return
  for (const { partition, offset } of found) place.offsets[partition] = offset + 1
}

async function watchTopic(round: Round, leaders: string): Promise<void> {
  const { cluster, parts, place, signal } = round
  for (;;) {
    await pause(LOOK_EVERY, signal)
    if (signal.aborted) return
    await cluster.refreshMetadata()
    if (JSON.stringify(findLeaders(round)) !== leaders) throw new Error('partitions have moved')
    if ((await readEpoch(cluster, parts.name)) !== place.epoch) throw new Error('the topic was recreated')
  }
}

/** Runs one thing at a time, in the order asked for. */
function createTurns(): (work: () => Promise<void>) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
}
