import { toPublicChange } from '../../src/shared/api/public-change.ts'
import { publicJson } from '../../src/shared/api/public-json.ts'
import type { PublicNotice, ServerFrame } from '../../src/shared/api/push-frames.ts'
import type { BoardChange } from '../../src/shared/desk/board.ts'
import type { Broadcast } from '../../src/shared/domain/broadcast.ts'
import type { DepartureId } from '../../src/shared/domain/departure-id.ts'
import { formatInstant } from '../../src/shared/events/instant-schema.ts'
import { formatPosition } from '../../src/shared/events/position.ts'
import type { FlightlineError } from '../../src/shared/lib/errors.ts'
import { encodeTextFrame } from './websocket-frame.ts'

/** One message as it goes over the wire, shared by all sockets that get it. */
export interface Frame {
  readonly bytes: Buffer
  /** A newer frame with the same key makes this one superfluous while both wait. */
  readonly key?: string
}

/** A frame that is built for one client, or seldom. */
export function encodeFrame(frame: ServerFrame): Frame {
  return { bytes: encodeTextFrame(JSON.stringify(frame)) }
}

/** The `departure` frame of a change; conflated by departure. */
export function departureFrame({ departure, change, position }: BoardChange): Frame {
  const text =
    `{"op":"departure","departure":${publicJson(departure)},"change":${JSON.stringify(toPublicChange(change))},` +
    `"position":"${formatPosition(position)}","at":${change.at}}`
  return { bytes: encodeTextFrame(text), key: departure.id }
}

/** The `notice` frame for one flight. */
export function noticeFrame(entry: string): Frame {
  return { bytes: encodeTextFrame(`{"op":"notice",${entry.slice(1)}`) }
}

/** `{"flightId":…,"notice":…}` as JSON text: an entry of a snapshot's `notices`. */
export function noticeEntry(flightId: DepartureId, broadcast: Broadcast): string {
  const { id, text, severity, createdAt } = broadcast
  const notice: PublicNotice = { id, text, severity, at: formatInstant(createdAt) }
  return JSON.stringify({ flightId, notice })
}

/** What a snapshot holds; departures and notices as JSON texts. */
export interface SnapshotContent {
  readonly recovered: boolean
  readonly departures: readonly string[]
  readonly notices: readonly string[]
  readonly position: string
}

/** The `snapshot` frame. */
export function snapshotFrame({ recovered, departures, notices, position }: SnapshotContent): Frame {
  const shown = notices.length > 0 ? `"notices":[${notices.join(',')}],` : ''
  const text =
    `{"op":"snapshot","recovered":${recovered},"departures":[${departures.join(',')}],` +
    `${shown}"position":"${position}"}`
  return { bytes: encodeTextFrame(text) }
}

/** The `error` frame. */
export function errorFrame({ code, message }: FlightlineError): Frame {
  return encodeFrame({ op: 'error', code, message })
}

/** Frames of one tick joined into few writes, for sockets that get all of them. */
export interface Burst {
  readonly bytes: Buffer
  readonly frames: readonly Frame[]
}

// One write of a burst should fit what a socket takes at once.
const BURST_BYTES = 64 * 1024

/** Joins frames in order. */
export function joinFrames(frames: readonly Frame[]): readonly Burst[] {
  const groups: Frame[][] = []
  let room = 0
  for (const frame of frames) {
    if (frame.bytes.length > room) {
      groups.push([])
      room = BURST_BYTES
    }
    groups.at(-1)?.push(frame)
    room -= frame.bytes.length
  }
  return groups.map((group) => ({ frames: group, bytes: joinBytes(group) }))
}

function joinBytes(frames: readonly Frame[]): Buffer {
  const [only] = frames
  return only && frames.length === 1 ? only.bytes : Buffer.concat(frames.map(({ bytes }) => bytes))
}
