import type { Duplex } from 'node:stream'
import type { DepartureId } from '../../src/shared/domain/departure-id.ts'
import type { Backlog, Place, Reader } from './backlog.ts'
import type { Burst, Frame } from './frames.ts'

/** What all links count together. */
export interface LinkTotals {
  sent: number
  /** Frames that a socket never got, because something newer told more. */
  conflated: number
  /** Bytes that wait for one socket alone. */
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
  /** Whether what is told of a flight is for this socket. */
  readonly wants: Reader['wants']
  readonly backlog: Backlog<Link>
  readonly totals: LinkTotals
  /** Bytes that may wait for this socket. */
  readonly queueBytes: number
  /** Ends a socket that takes too little, or nothing. */
  readonly giveUp: () => void
}

/** A frame for one socket alone, and where in the backlog its turn comes. */
interface Own {
  readonly frame: Frame
  readonly place: Place
}

/** Where a link that is clear is written to together with others. */
export interface Seats {
  /** It is not clear any more. Only for who has a seat. */
  leave(link: Link): void
}

/**
 * The sending side of one socket. What the transport takes at once is written at once. Of what is told to many while it
 * takes nothing, only a place in the {@link Backlog} is kept here, where a newer frame of a departure stands for the
 * older ones. So frames leave in the order of their positions, and a position is never sent before what it covers, or
 * before something newer of the same departure that still waits.
 */
export interface Link extends Reader {
  readonly parts: LinkParts
  /** That of the parts; here because every delivery looks at it. */
  readonly transport: Transport
  /** Of the transport, for as long as it has its handle; -1 where there is none to write to. */
  readonly descriptor: number
  /** Frames for this socket alone that wait, in order. */
  readonly own: Map<string, Own>
  /** Bytes in {@link Link.own}. */
  queuedBytes: number
  /**
   * The rest of a large frame that is being written in pieces; nothing may come in between. It is a slice of what is built
   * once for all, and is not counted: however large the present is, whoever goes on reading it is not slow.
   */
  partial: Buffer | undefined
  /**
   * Seen open and with nothing waiting in its stream, and nothing has been given to that since: it may be written to on its
   * descriptor, for as long as it has one. Its other side may have hung up meanwhile; then it takes nothing. Kept here
   * because to ask the socket and its stream costs a tenth of a write.
   */
  isClear: boolean
  /** Set while it follows everything. */
  seats: Seats | undefined
  /** Which of {@link Link.seats} it has; -1 without one. Only who is clear has one. */
  seat: number
  /** The transport is full until it drains. */
  isFull: boolean
  /** Something waits that the client has not been sent; then this is a reader of the backlog. */
  isBehind: boolean
  /** Flights of which a snapshot that waits, or waited, told all up to a place. */
  told: Map<DepartureId, Place> | undefined
  /** Frames told to it since it fell behind that were not sent. */
  missed: number
  /** When it last took something; of one that is behind. */
  progressAt: number
  serial: number
}

/**
 * A large frame is written in pieces of so many bytes, so that a slow but living reader shows progress. The stream is full with
 * half of that (`socketOptions`), so no more than these two together wait in there.
 */
export const PIECE = 32 * 1024

/** Only the latest answer to a ping waits. */
const PONG = '=pong'

/** Makes the sending side of a socket. */
export function createLink(parts: LinkParts): Link {
  const { transport } = parts
  const { encrypted, _handle } = transport
  return {
    // Read once, since asking for it is a call out of JavaScript, and it stays the same until the handle is gone.
    descriptor: encrypted ? -1 : (_handle?.fd ?? -1),
    ...{ parts, transport, wants: parts.wants, place: 0, own: new Map(), told: undefined, queuedBytes: 0 },
    ...{
      seats: undefined,
      seat: -1,
      partial: undefined,
      isClear: false,
      isFull: false,
      isBehind: false,
      missed: 0,
      progressAt: 0,
      serial: 0,
    },
  }
}

/** Whether anything may still be written. */
export function isOpen(link: Link): boolean {
  return link.parts.isOpen()
}

/**
 * The descriptor that may be written to past the stream, right now and not later: another socket may get its number.
 * @param link - clear, or open and not behind
 * @returns -1 while something waits in the stream, and where there is none
 */
export function descriptorOf(link: Link): number {
  if (!link.transport._handle) return -1
  if (!link.isClear) link.isClear = link.transport.writableLength === 0 && link.descriptor >= 0
  return link.isClear ? link.descriptor : -1
}

/** From now on it is asked before it is written to past its stream. To be called before its descriptor closes. */
export function unclear(link: Link): void {
  link.isClear = false
  if (link.seat >= 0) link.seats?.leave(link)
}

/** Sends a frame, now or as soon as the socket takes it. */
export function send(link: Link, frame: Frame): void {
  if (!isOpen(link)) return
  if (link.isBehind) enqueue(link, frame)
  else writeFrame(link, frame.bytes, link.parts.backlog.end())
}

/**
 * Sends a snapshot of all that the socket gets: nothing that was told before needs to be sent any more. Where an answer
 * waits whose position covers that, it is sent all the same, and what waits is no older snapshot's to give way.
 */
export function sendAllAnew(link: Link, snapshot: Frame): void {
  if (hasAnswers(link, snapshot.key)) {
    send(link, { bytes: snapshot.bytes })
    return
  }
  link.place = link.parts.backlog.end()
  settleMissed(link)
  send(link, snapshot)
}

/** Whether something for this socket alone waits that is no pong and will not give way to a frame with this key. */
export function hasAnswers({ own }: Link, key: Frame['key']): boolean {
  for (const waiting of own.keys()) if (waiting !== key && waiting !== PONG) return true
  return false
}

/** Flights of a snapshot, and up to where in the backlog it stands for what was told of them. */
export interface ToldAnew {
  readonly flights: Iterable<DepartureId>
  readonly upTo: Place
}

/** Sends a snapshot of some flights. What was told of them before it is in it, and would claim too much without it. */
export function sendAnew(link: Link, snapshot: Frame, { flights, upTo }: ToldAnew): void {
  if (link.isBehind) {
    link.told ??= new Map()
    for (const id of flights) link.told.set(id, Math.max(upTo, link.told.get(id) ?? 0))
  }
  send(link, snapshot)
}

/** Whether what was told of a flight at a place is in a snapshot for this socket. */
export function isTold(link: Link, id: DepartureId, place: Place): boolean {
  return place <= (link.told?.get(id) ?? 0)
}

/** Notes that a socket that is behind was told so many frames, which wait in the backlog. */
export function postpone(link: Link, count: number): void {
  link.missed += count
}

/** What the descriptor has not taken goes the way of the stream. */
export function goOn(link: Link, { bytes, place }: Burst, taken: number): void {
  if (taken === bytes.length) return
  unclear(link)
  // Its other side may have hung up since it was clear.
  if (isOpen(link)) writeBytes(link, taken === 0 ? bytes : bytes.subarray(taken), place)
}

/** Answers a ping. While a socket is behind only the latest answer waits, so that pings cannot fill the queue. */
export function sendPong(link: Link, bytes: Buffer): void {
  if (link.isBehind) send(link, { bytes, key: PONG })
  else if (isOpen(link)) writeBytes(link, bytes, link.parts.backlog.end())
}

/** Goes on after the transport drained. */
export function flush(link: Link, now: number): void {
  link.isFull = false
  link.progressAt = now
  const { transport } = link
  const { backlog } = link.parts
  if (!isOpen(link) || !link.isBehind) return
  transport.cork()
  while (!link.isFull && writeNext(link));
  transport.uncork()
  link.isBehind = link.isFull
  if (link.isBehind) return
  settleMissed(link)
  backlog.leave(link)
  link.told = undefined
}

/** Bytes that wait for a socket, its share of the backlog included; counted no further than a little past what may. */
export function waitingBytes(link: Link): number {
  const { backlog, queueBytes } = link.parts
  return link.queuedBytes + (link.isBehind ? backlog.bytesBefore(link, queueBytes - link.queuedBytes) : 0)
}

/**
 * Gives up all that waits, and brings a frame that was begun to its end, so that a close frame after it can be read.
 * To be called before the socket is closed, and once it is gone.
 */
export function abandon(link: Link): void {
  const { partial } = link
  unclear(link)
  link.partial = undefined
  count(link, -link.queuedBytes)
  link.own.clear()
  settleMissed(link)
  link.missed = 0
  link.parts.backlog.leave(link)
  if (partial && isOpen(link)) link.transport.write(partial)
  link.isBehind = false
}

/** Counts what a socket was told and will not be sent any more because of something newer, and keeps the rest in mind. */
export function settleMissed(link: Link): void {
  if (link.missed === 0) return
  const { backlog, totals } = link.parts
  const waiting = link.isBehind ? Math.min(link.missed, backlog.framesBefore(link)) : 0
  totals.conflated += Math.max(0, link.missed - waiting)
  link.missed = waiting
}

function enqueue(link: Link, frame: Frame): void {
  const key = frame.key ?? `#${link.serial++}`
  const older = link.own.get(key)
  if (older) {
    link.own.delete(key)
    count(link, -older.frame.bytes.length)
    link.parts.totals.conflated += 1
  }
  link.own.set(key, { frame, place: link.parts.backlog.end() })
  count(link, frame.bytes.length)
  if (link.queuedBytes > link.parts.queueBytes) link.parts.giveUp()
}

function count(link: Link, bytes: number): void {
  link.queuedBytes += bytes
  link.parts.totals.queuedBytes += bytes
}

/** What was told to many before a frame for this socket alone goes before it. */
function writeNext(link: Link): boolean {
  const { backlog } = link.parts
  if (link.partial) {
    writePiece(link, link.partial)
    return true
  }
  const [first] = link.own
  const waiting = backlog.next(link, first?.[1].place ?? backlog.end())
  if (waiting) {
    link.place = waiting.place
    link.missed -= 1
    writeFrame(link, waiting.frame.bytes, waiting.place)
    return true
  }
  if (!first) return false
  const [key, { frame, place }] = first
  link.own.delete(key)
  count(link, -frame.bytes.length)
  writeFrame(link, frame.bytes, Math.max(place, link.place))
  return true
}

function writeFrame(link: Link, bytes: Buffer, place: Place): void {
  link.parts.totals.sent += 1
  writeBytes(link, bytes, place)
}

/** @param place - up to where in the backlog the socket has everything with these */
function writeBytes(link: Link, bytes: Buffer, place: Place): void {
  writePiece(link, bytes)
  while (link.partial && !link.isFull) writePiece(link, link.partial)
  if (!link.isFull || link.isBehind) return
  link.isBehind = true
  link.progressAt = performance.now()
  link.place = place
  link.parts.backlog.enter(link)
}

function writePiece(link: Link, rest: Buffer): void {
  const isLast = rest.length <= PIECE
  unclear(link)
  link.isFull = !link.transport.write(isLast ? rest : rest.subarray(0, PIECE))
  link.partial = isLast ? undefined : rest.subarray(PIECE)
}
