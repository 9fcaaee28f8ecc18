import type { Cluster } from 'kafkajs'
import { readTopicLife } from './topic-life.ts'

/** Whose unread records are counted. */
export interface LagQuestion {
  readonly name: string
  readonly group: string
  /** All unless given. */
  readonly partitions?: readonly number[]
}

/** Unread records of a group; one that has not committed yet would begin at what is kept. */
export async function readLag(cluster: Cluster, { name, group, partitions }: LagQuestion): Promise<number> {
  const { low, high } = await readTopicLife(cluster, name)
  const wanted = partitions ?? high.map((_, partition) => partition)
  const committed = await readCommitted(cluster, { name, group, partitions: wanted })
  return wanted
    .map((partition) => (high[partition] ?? 0) - Math.max(committed.get(partition) ?? 0, low[partition] ?? 0))
    .reduce((sum, unread) => sum + Math.max(0, unread), 0)
}

async function readCommitted(
  cluster: Cluster,
  { name, group, partitions = [] }: LagQuestion,
): Promise<ReadonlyMap<number, number>> {
  const coordinator = await cluster.findGroupCoordinator({ groupId: group })
  const { responses } = await coordinator.offsetFetch({
    groupId: group,
    // The offset is part of the library's type only; nothing is committed by asking.
    topics: [{ topic: name, partitions: partitions.map((partition) => ({ partition, offset: '-1' })) }],
  })
  const found = responses.flatMap((response) => response.partitions)
  return new Map(found.map(({ partition, offset }) => [partition, Number(offset)]))
}
