import type { Cluster, Kafka } from 'kafkajs'

/**
 * Connections to a cluster without a consumer group. The library hands its connections to partition assigners only, so
 * a consumer that is never run is made to get hold of them.
 */
export function openCluster(kafka: Kafka): Cluster {
  const found: Cluster[] = []
  kafka.consumer({
    groupId: 'never-joined',
    allowAutoTopicCreation: false,
    metadataMaxAge: 30_000,
    partitionAssigners: [
      ({ cluster }) => {
        found.push(cluster)
        return { name: 'none', version: 0, assign: async () => [], protocol: () => ({ name: '', metadata: NOTHING }) }
      },
    ],
  })
  const [cluster] = found
  if (!cluster) throw new Error('kafkajs asked no partition assigner: another version than the one this was made for')
  return cluster
}

const NOTHING = Buffer.alloc(0)
