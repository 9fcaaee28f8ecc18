import type { EventLog, Topic } from '../../shared/ports/event-log.ts'

/** One fresh, empty log, opened twice, as two processes do. */
export interface LogPair extends AsyncDisposable {
  readonly first: EventLog
  readonly second: EventLog
  /** Appends what no writer of ours would: no key, no value, nonsense. */
  appendForeign(topic: Topic, message: { readonly key?: string; readonly value?: string }): Promise<void>
  /** Removes old records as retention does; the last one of each partition stays. */
  trim(topic: Topic): Promise<void>
}

/** Opens a pair for one test; disposing it closes both and removes the data. */
export type OpenLogPair = () => Promise<LogPair>
