import type { Departure } from '../domain/departure.ts'
import type { Instant } from '../domain/instant.ts'
import type { LogPosition, LogRecord } from '../ports/event-log.ts'

/** The stretch of days `[from, until)` of which departures are shown, by their schedule. */
export interface View {
  readonly from: Instant
  readonly until: Instant
}

/**
 * What somebody has who was told everything up to here: of all departures that lay in the view, the state that the log
 * told before the offsets. The view moves with the clock while the log may stand still, so the one does not follow from
 * the other.
 */
export interface BoardPosition extends LogPosition, View {}

/** Whether a departure lies in a view. */
export function isWithin({ scheduledAt }: Pick<Departure, 'scheduledAt'>, { from, until }: View): boolean {
  return scheduledAt >= from && scheduledAt < until
}

/**
 * Writes a position for clients: opaque to them, `<epoch>:<offset>.<offset>…:<from>-<until>` to us.
 */
export function formatPosition({ epoch, offsets, from, until }: BoardPosition): string {
  return `${epoch}:${offsets.join('.')}:${from.toString(36)}-${until.toString(36)}`
}

/**
 * Reads a position that a client kept.
 * @returns `undefined` for anything that is not one; the client then gets a full snapshot
 */
export function parsePosition(text: string): BoardPosition | undefined {
  const match = /^([\w-]{1,80}):(\d{1,15}(?:\.\d{1,15})*):([\da-z]{1,10})-([\da-z]{1,10})$/.exec(text)
  if (!match?.[1] || !match[2] || !match[3] || !match[4]) return undefined
  const [from, until] = [Number.parseInt(match[3], 36), Number.parseInt(match[4], 36)]
  return { epoch: match[1], offsets: match[2].split('.').map(Number), from, until }
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
export function advance<Position extends LogPosition>(
  position: Position,
  record: Pick<LogRecord, 'partition' | 'offset'>,
): Position {
  const { offsets } = position
  const known = Array.from({ length: Math.max(offsets.length, record.partition + 1) }, (_, at) => offsets[at] ?? 0)
  const next = Math.max(known[record.partition] ?? 0, record.offset + 1)
  return { ...position, offsets: known.with(record.partition, next) }
}
