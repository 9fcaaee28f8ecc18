import type { Consumer } from 'kafkajs'
import type { Stay } from './member-batch.ts'

// The library was reported to hold partitions without fetching from them, after rebalances above all.
const PATIENCE = 15_000
const LOOK_EVERY = 3_000

/** What is watched. */
export interface Watched {
  readonly consumer: Consumer
  readonly stay: Stay
  readonly parts: {
    /** Of the topic on the cluster. */
    readonly name: string
    /** Unread records of the group in these partitions. */
    lag(partitions: readonly number[]): Promise<number>
  }
  /** Ends the stay. */
  readonly end: (reason: string) => void
}

/** Ends a stay in which nothing moves although there is something to read. @returns its own end */
export function startWatchdog({ consumer, stay, parts, end }: Watched): () => void {
  let assigned: readonly number[] | undefined
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    assigned = payload.memberAssignment[parts.name] ?? []
    stay.movedAt = Date.now()
  })
  const look = async () => {
    if (stay.handling || Date.now() - stay.movedAt < PATIENCE) return
    if (!assigned) return end('not admitted to the group')
    const before = stay.movedAt
    const unread = await parts.lag(assigned)
    if (stay.handling || stay.movedAt !== before) return
    if (unread > 0) end('nothing moves')
    else stay.movedAt = Date.now()
  }
  // A broker that does not answer is the library's to notice: it fails, and the stay with it.
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_EVERY).unref()
  return () => clearInterval(timer)
}
