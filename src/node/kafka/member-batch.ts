import type { EachBatchPayload } from 'kafkajs'
import type { BatchHandler, LogRecord, Topic } from '../../shared/ports/event-log.ts'
import type { Log } from '../../shared/ports/log.ts'
import { BATCH, handOver } from '../readers/hand-over.ts'
import { inPieces, toRecord } from './to-record.ts'

// A third of it passes between heartbeats, so that a late one or two do no harm.
const HEARTBEAT = 1_500

/** One stay of a consumer in its group, from joining to whatever ends it. */
export interface Stay {
  readonly topic: Topic
  readonly handle: BatchHandler
  readonly logger: Log
  /** Aborted when this stay is over. */
  readonly signal: AbortSignal
  /** When something moved last: joined, or a batch taken. */
  movedAt: number
  /** The batch that is being handled. */
  handling: Promise<void> | undefined
}

/** Hands a batch in piece by piece, and commits each piece when it was taken. */
export async function takeBatch(stay: Stay, payload: EachBatchPayload): Promise<void> {
  const { batch, isRunning, isStale } = payload
  const records = batch.messages.map(({ offset, key, value }) => {
    return toRecord(stay.topic, { partition: batch.partition, offset: Number(offset), key, value })
  })
  for (const piece of inPieces(records, BATCH)) {
    // The library was seen to call again after it was stopped.
    if (stay.signal.aborted || !isRunning() || isStale()) return
    const taking = takePiece(stay, payload, piece)
    stay.handling = taking
    try {
      await taking
    } finally {
      stay.handling = undefined
      stay.movedAt = Date.now()
    }
  }
}

async function takePiece(stay: Stay, payload: EachBatchPayload, piece: readonly LogRecord[]): Promise<void> {
  const last = piece.at(-1)
  if (!last) return
  const heart = startHeart(payload.heartbeat)
  const { handle, logger } = stay
  const signal = AbortSignal.any([stay.signal, heart.stopped])
  const isTaken = await handOver({ handle, logger, signal }, piece).finally(() => heart.stop())
  if (isTaken) await commit(payload, last)
  // Thrown after the commit, so that what was done is not repeated: the library then joins the group again.
  if (heart.failure) throw heart.failure
}

async function commit({ batch, resolveOffset, commitOffsetsIfNecessary }: EachBatchPayload, last: LogRecord) {
  const { topic, partition } = batch
  resolveOffset(String(last.offset))
  await commitOffsetsIfNecessary({
    topics: [{ topic, partitions: [{ partition, offset: String(last.offset + 1) }] }],
  })
}

interface Heart {
  /** Aborted by a heartbeat that failed: the group wants this partition back, or has given it away. */
  readonly stopped: AbortSignal
  readonly failure: Error | undefined
  stop(): void
}

/** The library beats only between batches; a handler that waits for its store would be thrown out. */
function startHeart(beat: () => Promise<void>): Heart {
  const stopped = new AbortController()
  const state: { failure: Error | undefined } = { failure: undefined }
  const timer = setInterval(() => {
    beat().catch((error: unknown) => {
      state.failure ??= error instanceof Error ? error : new Error(String(error))
      clearInterval(timer)
      stopped.abort()
    })
  }, HEARTBEAT / 2)
  return {
    stopped: stopped.signal,
    get failure() {
      return state.failure
    },
    stop: () => clearInterval(timer),
  }
}
