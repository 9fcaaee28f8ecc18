import type { Delivery } from '../../../src/shared/domain/delivery.ts'
import { encodeDeliverySettled } from '../../../src/shared/events/delivery-settled.ts'
import type { LogMessage } from '../../../src/shared/ports/event-log.ts'
import type { NotifierContext } from '../context.ts'

/** Tells the log about deliveries that came to an end, beside the sending and never in its way. */
export interface SettledEvents {
  offer(deliveries: readonly Delivery[]): void
  /** Resolves when what was offered is on the log, or was given up. */
  flush(): Promise<void>
}

// A log that is down must not cost the memory of a process whose duty is to send.
const MOST_WAITING = 5_000

/**
 * Appends to the topic `delivery_events`, many at a time. Best effort: the record in the store is the truth, written
 * before; a crash in between, or a log that stays away, loses the event and nothing else.
 */
export function createSettledEvents({ log, logger }: Pick<NotifierContext, 'log' | 'logger'>): SettledEvents {
  let waiting: LogMessage[] = []
  let running: Promise<void> | undefined

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      await log.append('delivery_events', batch).catch((error: unknown) => {
        logger.warn({ part: 'notifier', count: batch.length, err: error }, 'delivery events were not published')
      })
    }
    running = undefined
  }

  return {
    offer(deliveries) {
      const room = MOST_WAITING - waiting.length
      if (deliveries.length > room) logger.warn({ part: 'notifier' }, 'the log is behind; delivery events are dropped')
      waiting.push(...deliveries.slice(0, Math.max(0, room)).map(encodeDeliverySettled))
      if (waiting.length > 0) running ??= drain()
    },
    flush: async () => running,
  }
}
