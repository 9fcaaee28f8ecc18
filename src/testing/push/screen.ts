import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import type { ServerFrame } from '../../shared/api/push-frames.ts'
import { type BoardPosition, parsePosition } from '../../shared/events/position.ts'
import type { LogRecord } from '../../shared/ports/event-log.ts'

/** What a client shows, kept exactly as `contract.md` tells clients to, and strict about what it is sent. */
export interface Screen {
  readonly departures: ReadonlyMap<string, PublicDeparture>
  position(): string | undefined
  /** A new socket: what was shown stays, what was sent on the old one does not bind the new one. */
  reconnected(): void
  /** As if it had never been told anything. */
  forget(): void
  /** @throws when the frame steps back, or claims to cover what was not sent */
  receive(frame: ServerFrame, reading?: Reading): void
}

/** How a frame is to be read by a client that asked for several things on one socket. */
export interface Reading {
  /** It answers for chosen flights: one that did not recover stands for what it holds, and not for all that is shown. */
  readonly isOfFlights?: boolean
  /** The flights that the position speaks of, and then it is not one to resume from; of all when absent. */
  readonly speaksOf?: ReadonlySet<string>
}

type Snapshot = Extract<ServerFrame, { op: 'snapshot' }>

interface ScreenState {
  readonly departures: Map<string, PublicDeparture>
  readonly sentOnSocket: Map<string, number>
  /** `undefined`: all. */
  readonly followed: ReadonlySet<string> | undefined
  readonly isShown: (id: string, position: BoardPosition) => boolean
  position: string | undefined
}

/**
 * Makes a screen.
 * @param published - the log as it is now; its keys are departure ids and its values tell revisions
 * @param followed - chosen flights; all when absent
 * @param isShown - whether a gateway shows a departure at a position; all of them always when absent
 */
export function createScreen(
  published: () => readonly LogRecord[],
  followed?: ReadonlySet<string>,
  isShown: ScreenState['isShown'] = () => true,
): Screen {
  const state: ScreenState = { departures: new Map(), sentOnSocket: new Map(), followed, isShown, position: undefined }
  return {
    departures: state.departures,
    position: () => state.position,
    reconnected: () => state.sentOnSocket.clear(),
    forget() {
      state.departures.clear()
      state.position = undefined
    },
    receive(frame, { isOfFlights = followed !== undefined, speaksOf } = {}) {
      if (frame.op !== 'snapshot' && frame.op !== 'departure') return
      if (frame.op === 'departure') take(state, frame.departure)
      else takeSnapshot(state, frame, isOfFlights)
      if (!speaksOf) state.position = frame.position
      checkCovered({ ...state, followed: speaksOf ?? followed }, frame.position, published())
    },
  }
}

function takeSnapshot(state: ScreenState, frame: Snapshot, isOfFlights: boolean): void {
  // Not recovered: what is shown may be newer than the present of this gateway; it is announced, so it may go back.
  const replaced = isOfFlights ? frame.departures.map(({ id }) => id) : state.departures.keys()
  if (!frame.recovered) for (const id of replaced) state.departures.delete(id)
  for (const departure of frame.departures) take(state, departure)
}

function take(state: ScreenState, departure: PublicDeparture): void {
  const { id, revision } = departure
  const sent = state.sentOnSocket.get(id) ?? 0
  if (revision < sent) throw new Error(`${id} steps back from ${sent} to ${revision}`)
  state.sentOnSocket.set(id, revision)
  if ((state.departures.get(id)?.revision ?? 0) <= revision) state.departures.set(id, departure)
}

/**
 * Whoever resumes at a position misses nothing: a departure whose latest record lies before it is shown as that record
 * says. An older revision may be missing while the newer one still waits, for that one is found by resuming.
 */
function checkCovered(state: ScreenState, text: string, published: readonly LogRecord[]): void {
  const position = parsePosition(text)
  if (!position) throw new Error(`${text} is no position`)
  for (const [key, { partition, offset, value }] of latestOfEach(published)) {
    if (state.followed && !state.followed.has(key)) continue
    if (offset >= (position.offsets[partition] ?? 0) || !state.isShown(key, position)) continue
    const revision = revisionOf(value)
    const shown = state.departures.get(key)?.revision ?? 0
    if (shown < revision) throw new Error(`${text} covers ${key}:${revision}, the screen shows ${shown}`)
  }
}

const latestOfLists = new WeakMap<readonly LogRecord[], ReadonlyMap<string, LogRecord>>()

/** The same list is asked for with every frame of every client. */
function latestOfEach(records: readonly LogRecord[]): ReadonlyMap<string, LogRecord> {
  const latest = latestOfLists.get(records) ?? findLatest(records)
  latestOfLists.set(records, latest)
  return latest
}

function findLatest(records: readonly LogRecord[]): ReadonlyMap<string, LogRecord> {
  const latest = new Map<string, LogRecord>()
  for (const record of records) {
    const known = latest.get(record.key ?? '')
    if (record.key !== undefined && (!known || revisionOf(known.value) <= revisionOf(record.value))) {
      latest.set(record.key, record)
    }
  }
  return latest
}

const revisions = new Map<string, number>()

/** The revision that a record of a change tells; 0 for what is none. */
export function revisionOf(value: string | undefined): number {
  if (value === undefined) return 0
  const known = revisions.get(value)
  if (known !== undefined) return known
  const revision = Number(/"id":"[^"]+:(\d+)"/.exec(value)?.[1] ?? 0)
  revisions.set(value, revision)
  return revision
}
