import { setImmediate } from 'node:timers/promises'
import type { LogPosition, TailReader, Topic } from '../../shared/ports/event-log.ts'
import type { Log } from '../../shared/ports/log.ts'
import { BATCH, handOver, type Receiver } from '../readers/hand-over.ts'
import { backOff, pause } from '../readers/pause.ts'
import type { EmbeddedDatabase } from './database.ts'
import type { LogRecords } from './event-log-records.ts'
import { createWake, type Wake } from './event-log-wake.ts'

// Writes wake a reader; this is for the day on which a wake-up is lost all the same.
const LOOK_EVERY = 1_000

/** What a fan-out reader is made from. */
export interface TailParts {
  readonly database: EmbeddedDatabase
  readonly records: LogRecords
  readonly logger: Log
  readonly topic: Topic
  readonly reader: TailReader
}

/** Where `from` is no longer kept or of another life of the log, reading starts at what is kept, and the reader is told. */
export function findStart({ records, topic, reader }: TailParts, from: LogPosition): number {
  const { epoch, offsets } = from
  const beginning = records.beginning(topic)
  const [wanted = -1] = offsets
  const [least = 0] = beginning.offsets
  const [most = 0] = records.end(topic).offsets
  const isKept = epoch === beginning.epoch && offsets.length === 1 && wanted >= least && wanted <= most
  if (isKept) return wanted
  reader.onLost?.(beginning)
  return least
}

/** Reads from `start` on until `signal` is aborted. */
export async function readTail(parts: TailParts, start: number, signal: AbortSignal): Promise<void> {
  using wake = createWake(parts.database, LOOK_EVERY, signal)
  const receiver: Receiver = { handle: parts.reader.handle, logger: parts.logger, signal }
  for (let next = start, failures = 0; !signal.aborted; ) {
    try {
      next = await readOn({ parts, wake, receiver }, next)
      failures = 0
    } catch (err) {
      parts.logger.warn({ err, topic: parts.topic }, 'the log could not be read; trying again')
      await pause(backOff(failures), signal)
      failures += 1
    }
  }
}

interface TailContext {
  readonly parts: TailParts
  readonly wake: Wake
  readonly receiver: Receiver
}

/** @returns the offset to go on with */
async function readOn({ parts, wake, receiver }: TailContext, next: number): Promise<number> {
  const { records, topic, reader } = parts
  const found = records.read(topic, next)
  const [first] = found
  const last = found.at(-1)
  if (!first || !last) {
    await wake.wait()
    return next
  }
  // Offsets have no holes: one means that records were removed before this reader had them.
  if (first.offset > next) reader.onLost?.({ ...records.beginning(topic), offsets: [first.offset] })
  if (!(await handOver(receiver, found))) return next
  // Whatever is committed after this reading calls the wake. In a backlog the database blocks the thread: others must have
  // their turn.
  if (found.length < BATCH) await wake.wait()
  else await setImmediate()
  return last.offset + 1
}
