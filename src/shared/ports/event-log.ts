/** Topics of the log; see `contract.md`. */
export const topics = ['flight_updates', 'broadcasts', 'delivery_events'] as const

/** A member of {@link topics}. */
export type Topic = (typeof topics)[number]

/** What is appended: `value` is the event as JSON text. */
export interface LogMessage {
  readonly key: string
  /** Event id, also sent as a header so that a poison value can still be named. */
  readonly id: string
  readonly value: string
}

/** What is read. `value` is `undefined` for a tombstone, which no reader of ours understands. */
export interface LogRecord {
  readonly topic: Topic
  readonly partition: number
  readonly offset: number
  readonly key: string | undefined
  readonly value: string | undefined
}

/**
 * A place in a topic: the next offset to read, per partition. `epoch` names the life of the topic: after it was
 * recreated or lost its beginning, offsets of another epoch mean nothing.
 */
export interface LogPosition {
  readonly epoch: string
  readonly offsets: readonly number[]
}

/** A running reader. */
export interface LogReader {
  /** Stops reading; resolves when no handler is running any more. */
  close(): Promise<void>
}

/**
 * Handler of a batch in order; the reader goes on when it resolves and starts the batch again when it throws. A tail
 * that is behind may be handed thousands of records at once.
 */
export type BatchHandler = (records: readonly LogRecord[]) => Promise<void>

/** How a group reader is told about its work. */
export interface GroupOptions {
  /** Readers with the same name share the partitions and the committed offsets. */
  readonly group: string
}

/**
 * The event log. Every adapter passes `testing/contracts/event-log.contract.ts`.
 * Order is kept per key. Appending is at least once; readers drop repetitions by event id.
 */
export interface EventLog {
  /** Appends in the given order and resolves when all are durable. */
  append(topic: Topic, messages: readonly LogMessage[]): Promise<void>

  /** The place after the last record. */
  end(topic: Topic): Promise<LogPosition>

  /** The place of the first record that is still kept. */
  beginning(topic: Topic): Promise<LogPosition>

  /**
   * Reads everything from `from` on, for fan-out: no group, nothing committed, no rebalance.
   * When `from` is no longer kept or of another epoch, `onLost` is called, before any record of the new life, with the
   * place where reading goes on: the beginning of what is kept.
   */
  tail(topic: Topic, from: LogPosition, reader: TailReader): Promise<LogReader>

  /**
   * Reads as a member of a group and commits what was handled; a group never seen before starts at the beginning.
   * A member that dies is replaced by the others; a crash of the client is survived by starting it again.
   */
  consume(topic: Topic, options: GroupOptions, handle: BatchHandler): Promise<LogReader>

  /** Puts a record that cannot be read aside, on `<topic>.dead`, with the reason. */
  bury(record: LogRecord, reason: string): Promise<void>

  /** Records set aside, newest last; for operators and tests. */
  buried(topic: Topic): Promise<readonly { readonly record: LogRecord; readonly reason: string }[]>

  /** Unread records of a group, summed over partitions. */
  lag(topic: Topic, group: string): Promise<number>

  close(): Promise<void>
}

/** Callbacks of a fan-out reader. */
export interface TailReader {
  readonly handle: BatchHandler
  readonly onLost?: (now: LogPosition) => void
}
