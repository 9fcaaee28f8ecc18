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

/** A frame about one flight, for whoever follows it, or everything. */
export interface Addressed extends Frame {
  readonly id: DepartureId
}

/** A frame that is built for one client, or seldom. */
export function encodeFrame(frame: ServerFrame): Frame {
  return { bytes: encodeTextFrame(JSON.stringify(frame)) }
}

/** The `departure` frame of a change; conflated by departure. */
export function departureFrame({ departure, change, position }: BoardChange): Addressed {
  const text =
    `{"op":"departure","departure":${publicJson(departure)},"change":${JSON.stringify(toPublicChange(change))},` +
    `"position":"${formatPosition(position)}","at":${change.at}}`
  return { bytes: encodeTextFrame(text), key: departure.id, id: departure.id }
}

/** The `notice` frame for one flight. */
export function noticeFrame(id: DepartureId, entry: string): Addressed {
  return { bytes: encodeTextFrame(`{"op":"notice",${entry.slice(1)}`), id }
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

/** A frame with the place that whoever was written it has reached in the backlog. */
export interface Placed {
  readonly frame: Addressed
  readonly place: number
}

/** Frames of one tick joined into few writes, for sockets that get all of them. */
export interface Burst {
  readonly bytes: Buffer
  /** How many frames these are. */
  readonly count: number
  /** The place after the last of them. */
  readonly place: number
}

// What one write of a burst has at most; a socket that is well takes it at once.
const BURST_BYTES = 64 * 1024

/** Whether these frames take more than one write. */
export function isLong(frames: readonly Frame[]): boolean {
  let room = BURST_BYTES
  for (const { bytes } of frames) room -= bytes.length
  return room < 0
}

/** Joins frames in order. */
export function joinFrames(frames: readonly Placed[]): readonly Burst[] {
  const groups: Placed[][] = []
  let room = 0
  for (const placed of frames) {
    const { length } = placed.frame.bytes
    if (length > room) {
      groups.push([])
      room = BURST_BYTES
    }
    groups.at(-1)?.push(placed)
    room -= length
  }
  return groups.map((group) => ({ bytes: joinBytes(group), count: group.length, place: group.at(-1)?.place ?? 0 }))
}

function joinBytes(frames: readonly Placed[]): Buffer {
  const [only] = frames
  return only && frames.length === 1 ? only.frame.bytes : Buffer.concat(frames.map(({ frame }) => frame.bytes))
}
