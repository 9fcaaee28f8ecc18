import { isFlightlineError } from '../../../src/shared/lib/errors.ts'
import type { LogRecord } from '../../../src/shared/ports/event-log.ts'
import type { NotifierContext } from '../context.ts'

/**
 * Reads records; what cannot be read is set aside with the reason, so that one bad record holds up nobody.
 * @param read - throws FlightlineError `FL_EVENT_UNREADABLE`
 */
export async function readOrBury<Event>(
  { log, logger, figures, breathe }: NotifierContext,
  records: readonly LogRecord[],
  read: (record: LogRecord) => Event,
): Promise<readonly { readonly record: LogRecord; readonly event: Event }[]> {
  const events: { record: LogRecord; event: Event }[] = []
  for (const record of records) {
    try {
      events.push({ record, event: read(record) })
    } catch (error) {
      if (!isFlightlineError(error, 'FL_EVENT_UNREADABLE')) throw error
      const { topic, partition, offset } = record
      logger.warn({ part: 'notifier', topic, partition, offset, problem: error.details.problem }, 'event set aside')
      await log.bury(record, error.message)
      figures.buried(topic)
    }
    await breathe()
  }
  return events
}
