import type { BatchHandler, LogRecord } from '../../shared/ports/event-log.ts'
import type { Log } from '../../shared/ports/log.ts'
import { backOff, pause } from './pause.ts'

/** Who takes the records, and until when. */
export interface Receiver {
  readonly handle: BatchHandler
  readonly logger: Log
  readonly signal: AbortSignal
}

/** More than this is never handed in at once: a handler that waits for a store should have something to report soon. */
export const BATCH = 500

/**
 * Hands a batch in, again and again with longer and longer pauses, until the handler takes it.
 * @returns whether it was taken; not when `signal` was aborted before
 */
export async function handOver({ handle, logger, signal }: Receiver, records: readonly LogRecord[]): Promise<boolean> {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      await handle(records)
      return true
    } catch (err) {
      const { topic, partition, offset } = records[0] ?? {}
      const place = { topic, partition, offset, count: records.length }
      logger.warn({ err, ...place, attempt }, 'a reader of the log failed; it gets the same records again')
      await pause(backOff(attempt), signal)
    }
  }
  return false
}
