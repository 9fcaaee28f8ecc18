import { isFlightlineError } from '../lib/errors.ts'
import type { EventLog, LogRecord } from '../ports/event-log.ts'
import type { Log } from '../ports/log.ts'

/** What became of a record. */
export interface ReadRecord<Event> {
  readonly record: LogRecord
  /** Absent where it cannot be read. */
  readonly event?: Event
}

/** Reads the records of a topic for one that follows it from a place of its own, not in a group. */
export interface EventReader<Event> {
  /**
   * Reads a batch. What cannot be read is kept elsewhere when this resolves, once, although its batch may come again,
   * and its partition moves on.
   * @throws when it could not be kept; the batch has to come again
   */
  read(records: readonly LogRecord[]): Promise<readonly ReadRecord<Event>[]>
  /** The topic begins another life, in which offsets are given anew. */
  restart(): void
}

/** @param decode - throws FlightlineError `FL_EVENT_UNREADABLE` */
export function createEventReader<Event>(
  { log, logger }: { readonly log: Pick<EventLog, 'bury'>; readonly logger: Log },
  decode: (value: string | undefined) => Event,
): EventReader<Event> {
  /** Per partition, up to where what cannot be read was set aside. */
  const aside = new Map<number, number>()
  const setAside = async (record: LogRecord, problem: string) => {
    const { topic, partition, offset } = record
    if (offset < (aside.get(partition) ?? 0)) return
    logger.warn({ topic, partition, offset }, problem)
    await log.bury(record, problem)
    aside.set(partition, offset + 1)
  }
  return {
    async read(records) {
      const tried = records.map((record) => tryToRead(record, decode))
      // Only here is anything waited for, since thousands of records may come at once and hardly any of them is poison.
      for (const { record, problem } of tried) if (problem !== undefined) await setAside(record, problem)
      return tried
    },
    restart: () => aside.clear(),
  }
}

interface Tried<Event> extends ReadRecord<Event> {
  /** Why there is no event. */
  readonly problem?: string
}

function tryToRead<Event>(record: LogRecord, decode: (value: string | undefined) => Event): Tried<Event> {
  try {
    return { record, event: decode(record.value) }
  } catch (error) {
    if (!isFlightlineError(error, 'FL_EVENT_UNREADABLE')) throw error
    return { record, problem: error.message }
  }
}
