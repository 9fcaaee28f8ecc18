import type { LogPosition, LogRecord } from '../ports/event-log.ts'

/**
 * Writes a position for clients: opaque to them, `<epoch>:<offset>.<offset>…` to us.
 */
export function formatPosition(position: LogPosition): string {
  return `${position.epoch}:${position.offsets.join('.')}`
}

/**
 * Reads a position that a client kept.
 * @returns `undefined` for anything that is not one; the client then gets a full snapshot
 */
export function parsePosition(text: string): LogPosition | undefined {
  const match = /^([\w-]{1,80}):(\d{1,15}(?:\.\d{1,15})*)$/.exec(text)
  if (!match?.[1] || !match[2]) return undefined
  return { epoch: match[1], offsets: match[2].split('.').map(Number) }
}

/** Whether `left` has read at least as far as `right` in every partition of the same epoch. */
export function covers(left: LogPosition, right: LogPosition): boolean {
  if (left.epoch !== right.epoch || left.offsets.length !== right.offsets.length) return false
  return left.offsets.every((offset, partition) => offset >= (right.offsets[partition] ?? 0))
}

/**
 * The place after `record`. A record that comes again never moves it back, and a partition that the topic was given
 * meanwhile is added, which makes older positions incomparable instead of wrong.
 */
export function advance(position: LogPosition, record: Pick<LogRecord, 'partition' | 'offset'>): LogPosition {
  const { epoch, offsets } = position
  const known = Array.from({ length: Math.max(offsets.length, record.partition + 1) }, (_, at) => offsets[at] ?? 0)
  const next = Math.max(known[record.partition] ?? 0, record.offset + 1)
  return { epoch, offsets: known.with(record.partition, next) }
}
