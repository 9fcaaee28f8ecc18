import { createHash } from 'node:crypto'
import type { Cluster } from 'kafkajs'
import type { LogPosition } from '../../shared/ports/event-log.ts'
import { readTopicId } from './topic-id.ts'

/** A topic as it is now. */
export interface TopicLife {
  readonly epoch: string
  /** Offset of the first record that is kept, by partition. */
  readonly low: readonly number[]
  /** Offset after the last readable record, by partition. */
  readonly high: readonly number[]
}

/** Reads epoch and bounds; `name` as Kafka knows the topic. */
export async function readTopicLife(cluster: Cluster, name: string): Promise<TopicLife> {
  await cluster.addTargetTopic(name)
  await cluster.refreshMetadata()
  const epoch = await readEpoch(cluster, name)
  const low = await readOffsets(cluster, name, true)
  const high = await readOffsets(cluster, name, false)
  return { epoch, low, high }
}

/**
 * The topic's id, which Kafka makes anew whenever the topic is created. Where brokers are too old for it (before 2.8) the
 * topic's name stands in, and a topic that was recreated is noticed by its offsets only.
 */
export async function readEpoch(cluster: Cluster, name: string): Promise<string> {
  return (await readTopicId(cluster, name)) ?? createHash('sha256').update(name).digest('base64url').slice(0, 22)
}

/** The numbers of the partitions, from what the connection last heard. */
export function partitionsOf(cluster: Cluster, name: string): readonly number[] {
  return cluster
    .findTopicPartitionMetadata(name)
    .map(({ partitionId }) => partitionId)
    .sort((left, right) => left - right)
}

async function readOffsets(cluster: Cluster, topic: string, fromBeginning: boolean): Promise<readonly number[]> {
  const partitions = partitionsOf(cluster, topic).map((partition) => ({ partition }))
  const [answer] = await cluster.fetchTopicsOffset([{ topic, partitions, fromBeginning }])
  const offsets = new Map(answer?.partitions.map(({ partition, offset }) => [partition, Number(offset)]))
  return partitions.map(({ partition }) => {
    const offset = offsets.get(partition)
    if (offset === undefined) throw new Error(`partition ${partition} of ${topic} told no offset`)
    return offset
  })
}

/**
 * Where a reader that was at `from` goes on: partitions added since begin at their beginning.
 * @returns `undefined` when `from` is of another life, or is no longer or not yet there
 */
export function findStart({ epoch, low, high }: TopicLife, from: LogPosition): readonly number[] | undefined {
  if (from.epoch !== epoch || from.offsets.length > low.length) return undefined
  const start = low.map((least, partition) => from.offsets[partition] ?? least)
  const isKept = start.every((offset, at) => offset >= (low[at] ?? 0) && offset <= (high[at] ?? 0))
  return isKept ? start : undefined
}
