import type { LogPosition } from '../ports/event-log.ts'

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
