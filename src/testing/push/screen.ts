import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import type { ServerFrame } from '../../shared/api/push-frames.ts'
import { parsePosition } from '../../shared/events/position.ts'
import type { LogRecord } from '../../shared/ports/event-log.ts'

/** What a client shows, kept exactly as `contract.md` tells clients to, and strict about what it is sent. */
export interface Screen {
  readonly departures: ReadonlyMap<string, PublicDeparture>
  position(): string | undefined
  /** A new socket: what was shown stays, what was sent on the old one does not bind the new one. */
  reconnected(): void
  /** @throws when the frame steps back, or claims to cover what was not sent */
  receive(frame: ServerFrame): void
}

interface ScreenState {
  readonly departures: Map<string, PublicDeparture>
  readonly sentOnSocket: Map<string, number>
  /** `undefined`: all. */
  readonly followed: ReadonlySet<string> | undefined
  position: string | undefined
}

/**
 * Makes a screen.
 * @param published - the log as it is now; its keys are departure ids and its values tell revisions
 * @param followed - chosen flights; all when absent
 */
export function createScreen(published: () => readonly LogRecord[], followed?: ReadonlySet<string>): Screen {
  const state: ScreenState = { departures: new Map(), sentOnSocket: new Map(), followed, position: undefined }
  return {
    departures: state.departures,
    position: () => state.position,
    reconnected: () => state.sentOnSocket.clear(),
    receive(frame) {
      if (frame.op !== 'snapshot' && frame.op !== 'departure') return
      if (frame.op === 'departure') take(state, frame.departure)
      else takeSnapshot(state, frame)
      state.position = frame.position
      checkCovered(state, frame.position, published())
    },
  }
}

function takeSnapshot(state: ScreenState, frame: ServerFrame & { op: 'snapshot' }): void {
  // Not recovered: what is shown may be newer than the present of this gateway; it is announced, so it may go back.
  if (!frame.recovered) state.departures.clear()
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
    if (offset >= (position.offsets[partition] ?? 0)) continue
    const revision = revisionOf(value)
    const shown = state.departures.get(key)?.revision ?? 0
    if (shown < revision) throw new Error(`${text} covers ${key}:${revision}, the screen shows ${shown}`)
  }
}

function latestOfEach(records: readonly LogRecord[]): ReadonlyMap<string, LogRecord> {
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
