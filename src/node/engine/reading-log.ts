import type { EventLog } from '../../shared/ports/event-log.ts'
import type { Log } from '../../shared/ports/log.ts'

/**
 * The log in the hands of a desk, whose account may read and no more: publishing is the backend's. A record that cannot
 * be read is only told, since the backend meets the same one and sets it aside.
 */
export function readingLog(log: EventLog, logger: Log): EventLog {
  return {
    ...log,
    append: () =>
      Promise.reject(new Error('a desk publishes nothing: what it accepts lies in the outbox for the relay')),
    consume: () => Promise.reject(new Error('a desk belongs to no group of readers')),
    async bury({ topic, partition, offset }, reason) {
      logger.warn({ topic, partition, offset, reason }, 'a record was passed over; the backend sets it aside')
    },
  }
}
