import type { Duplex } from 'node:stream'
import type { Burst, Frame } from './frames.ts'

/** What all links count together. */
export interface LinkTotals {
  sent: number
  conflated: number
  queuedBytes: number
}

/** The slice of a socket that is written to. */
export interface Transport extends Pick<Duplex, 'write' | 'cork' | 'uncork'> {
  /** Bytes that wait in the stream. */
  readonly writableLength: number
  /** TLS: what goes to its descriptor is not what goes to it. */
  readonly encrypted?: boolean
  /** Node's own and undocumented; `null` from the moment the descriptor is closed. Streams that are no sockets have none. */
  readonly _handle?: { readonly fd?: number } | null
}

/** What a link is made from. */
export interface LinkParts {
  readonly transport: Transport
  /** Whether anything may still be written: never after a close frame. */
  readonly isOpen: () => boolean
  readonly totals: LinkTotals
  /** Bytes that may wait; past it {@link LinkParts.overflowed} is called. */
  readonly queueBytes: number
  readonly overflowed: () => void
}

/**
 * The sending side of one socket. What the transport takes at once is written at once; the rest waits here, where a
 * newer frame of a departure replaces the older one *at the tail*. So frames leave in the order of their positions, and
 * a position is never sent before what it covers, or before something newer of the same departure that still waits.
 */
export interface Link {
  readonly parts: LinkParts
  /** Frames that wait, in order. */
  readonly waiting: Map<string, Frame>
  /** Bytes in {@link Link.waiting}. */
  queuedBytes: number
  /** The rest of a large frame that is being written in pieces; nothing may come in between. */
  partial: Buffer | undefined
  /** The transport is full until it drains. */
  isFull: boolean
  /** When it was last seen to take something; kept by whoever looks after the sockets. */
  progressAt: number
  serial: number
}

// A large frame is written in pieces of this size, so that a slow but living reader shows progress.
const PIECE = 64 * 1024

/** Makes the sending side of a socket. */
export function createLink(parts: LinkParts): Link {
  return {
    parts,
    waiting: new Map(),
    queuedBytes: 0,
    partial: undefined,
    isFull: false,
    progressAt: 0,
    serial: 0,
  }
}

/** Whether anything may still be written. */
export function isOpen(link: Link): boolean {
  return link.parts.isOpen()
}

/**
 * The descriptor that may be written to past the stream, right now and not later: another socket may get its number.
 * @returns -1 while something waits in the stream, and where there is none
 */
export function descriptorOf({ parts: { transport } }: Link): number {
  if (transport.writableLength > 0 || transport.encrypted) return -1
  return transport._handle?.fd ?? -1
}

/** Whether something waits that the client has not been sent. */
export function isBehind(link: Link): boolean {
  return link.isFull || link.partial !== undefined || link.waiting.size > 0
}

/** Sends a frame, now or as soon as the socket takes it. */
export function send(link: Link, frame: Frame): void {
  if (!link.parts.isOpen()) return
  if (isBehind(link)) enqueue(link, frame)
  else writeFrame(link, frame.bytes)
}

/** Keeps frames that were joined for many sockets until this one, which is behind, takes them one by one. */
export function postpone(link: Link, burst: Burst): void {
  for (const frame of burst.frames) enqueue(link, frame)
}

/** Counts frames that were written to the descriptor; what it has not taken goes the way of the stream. */
export function goOn(link: Link, { bytes, frames }: Burst, taken: number): void {
  link.parts.totals.sent += frames.length
  if (taken < bytes.length) writeBytes(link, taken === 0 ? bytes : bytes.subarray(taken))
}

/** Pings if the socket takes it right now; one that is behind gives other signs of life, or is closed for it. */
export function sendPing(link: Link, bytes: Buffer): void {
  if (link.parts.isOpen() && !isBehind(link)) link.isFull = !link.parts.transport.write(bytes)
}

/** Answers a ping. While a socket is behind only the latest answer waits, so that pings cannot fill the queue. */
export function sendPong(link: Link, bytes: Buffer): void {
  if (isBehind(link)) send(link, { bytes, key: '=pong' })
  else sendPing(link, bytes)
}

/** Goes on after the transport drained. */
export function flush(link: Link, now: number): void {
  link.isFull = false
  link.progressAt = now
  const { transport, isOpen } = link.parts
  if (!isOpen()) return
  transport.cork()
  while (!link.isFull && writeNext(link));
  transport.uncork()
}

/** Takes a departure that is not followed any more out of the queue. */
export function dropWaiting(link: Link, key: string): void {
  const frame = link.waiting.get(key)
  if (!frame) return
  link.waiting.delete(key)
  count(link, -frame.bytes.length)
}

/**
 * Gives up all that waits, and brings a frame that was begun to its end, so that a close frame after it can be read.
 */
export function abandon(link: Link): void {
  count(link, -link.queuedBytes)
  link.waiting.clear()
  if (link.partial && link.parts.isOpen()) link.parts.transport.write(link.partial)
  link.partial = undefined
}

function enqueue(link: Link, frame: Frame): void {
  const key = frame.key ?? `#${link.serial++}`
  const older = link.waiting.get(key)
  if (older) {
    link.waiting.delete(key)
    count(link, -older.bytes.length)
    link.parts.totals.conflated += 1
  }
  link.waiting.set(key, frame)
  count(link, frame.bytes.length)
  if (link.queuedBytes > link.parts.queueBytes) link.parts.overflowed()
}

function count(link: Link, bytes: number): void {
  link.queuedBytes += bytes
  link.parts.totals.queuedBytes += bytes
}

function writeNext(link: Link): boolean {
  if (link.partial) {
    writePiece(link, link.partial)
    return true
  }
  for (const [key, frame] of link.waiting) {
    link.waiting.delete(key)
    count(link, -frame.bytes.length)
    writeFrame(link, frame.bytes)
    return true
  }
  return false
}

function writeFrame(link: Link, bytes: Buffer): void {
  link.parts.totals.sent += 1
  writeBytes(link, bytes)
}

function writeBytes(link: Link, bytes: Buffer): void {
  if (bytes.length <= PIECE) {
    link.isFull = !link.parts.transport.write(bytes)
    return
  }
  writePiece(link, bytes)
  while (link.partial && !link.isFull) writePiece(link, link.partial)
}

function writePiece(link: Link, rest: Buffer): void {
  link.isFull = !link.parts.transport.write(rest.subarray(0, PIECE))
  link.partial = rest.length > PIECE ? rest.subarray(PIECE) : undefined
}
