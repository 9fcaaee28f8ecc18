import type { Cluster, IHeaders } from 'kafkajs'

/** A message as it was fetched. */
export interface FetchedMessage {
  readonly partition: number
  readonly offset: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: IHeaders
  /** A transaction's end, which takes an offset and is no record. */
  readonly isControlRecord: boolean
}

/** What is asked of one broker: the next offset by partition it leads. */
export interface FetchQuestion {
  readonly nodeId: string
  readonly topic: string
  readonly offsets: ReadonlyMap<number, number>
}

/** The part of the library's answer that is used; it declares none. */
interface FetchAnswer {
  readonly responses: readonly {
    readonly partitions: readonly {
      readonly partition: number
      readonly messages: readonly {
        readonly offset: string
        readonly key: Buffer | null
        readonly value: Buffer | null
        readonly headers?: IHeaders
        readonly isControlRecord?: boolean
      }[]
    }[]
  }[]
}

/** How long a broker without news keeps a question. It answers at once when there is news. Milliseconds. */
const LONG_POLL = 500

const COMMITTED_ONLY = 1

// Some thousand changes: whoever is behind by more takes them in several turns, with whatever else it does in between.
const PARTITION_BYTES = 2 * 1024 * 1024
const ANSWER_BYTES = 8 * 1024 * 1024

/** What a broker has from the given offsets on; nothing when nothing came in the meantime. */
export async function fetchMessages(cluster: Cluster, question: FetchQuestion): Promise<readonly FetchedMessage[]> {
  const { nodeId, topic, offsets } = question
  const partitions = [...offsets].map(([partition, offset]) => {
    return { partition, fetchOffset: String(offset), maxBytes: PARTITION_BYTES }
  })
  const broker = await cluster.findBroker({ nodeId })
  const answer: FetchAnswer = await broker.fetch({
    isolationLevel: COMMITTED_ONLY,
    maxWaitTime: LONG_POLL,
    minBytes: 1,
    maxBytes: ANSWER_BYTES,
    topics: [{ topic, partitions }],
  })
  return answer.responses.flatMap((response) => response.partitions).flatMap((found) => toMessages(found, offsets))
}

/** A broker answers with whole batches, which may begin before the offset that was asked for. */
function toMessages(
  { partition, messages }: FetchAnswer['responses'][number]['partitions'][number],
  offsets: ReadonlyMap<number, number>,
): readonly FetchedMessage[] {
  const least = offsets.get(partition) ?? 0
  return messages
    .map(({ offset, key, value, headers = {}, isControlRecord = false }) => {
      return { partition, offset: Number(offset), key, value, headers, isControlRecord }
    })
    .filter(({ offset }) => offset >= least)
}
