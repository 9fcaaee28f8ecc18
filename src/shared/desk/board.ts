import type { Departure } from '../domain/departure.ts'
import type { DepartureId } from '../domain/departure-id.ts'
import { DAY } from '../domain/instant.ts'
import { type DepartureChanged, decodeDepartureChanged } from '../events/departure-changed.ts'
import { advance, type BoardPosition, covers, isWithin, type View } from '../events/position.ts'
import type { Clock } from '../ports/clock.ts'
import type { DepartureStore } from '../ports/departure-store.ts'
import type { EventLog, LogPosition, LogReader, LogRecord } from '../ports/event-log.ts'
import type { Log } from '../ports/log.ts'
import { createEventReader, type EventReader, type ReadRecord } from './event-reader.ts'

/** One change as it reached the board, with the position that covers it. */
export interface BoardChange extends DepartureChanged {
  readonly position: BoardPosition
}

/** Told of what happens on the board. */
export interface BoardListener {
  /** Changes in order; none older than what the board showed before. */
  changed(changes: readonly BoardChange[]): void
  /** Departures that came into view with the passing of time, without having changed. */
  entered?(departures: readonly Departure[]): void
  /** The log lost its past: whatever was shown must be read again from {@link Board.all}. */
  reset?(): void
}

/**
 * The live view of all departures around now: read once from the store, then kept up by the log. The one place that
 * push, HTTP and consoles read the present from.
 */
export interface Board {
  get(id: DepartureId): Departure | undefined
  all(): ReadonlyMap<DepartureId, Departure>
  position(): BoardPosition
  /**
   * What is missing of the present to whoever has everything up to `since`: departures that changed after it, and those
   * that did not lie in the view there.
   * @returns `undefined` when that cannot be told: other epoch, before this board's beginning, or ahead of it
   */
  changedSince(since: BoardPosition): readonly Departure[] | undefined
  /** @returns the end of the subscription */
  subscribe(listener: BoardListener): () => void
  /**
   * Moves the window of days along with the clock, and repairs a loss that could not be repaired when it happened.
   * To be called every minute or so; the board has no timer of its own.
   */
  refresh(): Promise<void>
  close(): Promise<void>
}

/** What a board is made from. */
export interface BoardParts {
  readonly departures: DepartureStore
  readonly log: EventLog
  readonly clock: Clock
  readonly logger: Log
  /**
   * How many records before the log's end are read again at the start, so that clients of the board's predecessor, which
   * are that much behind at most, may resume. None without it.
   */
  readonly past?: number
}

/** The last record about a departure. `revision` 0: it may be ahead of the log, so any position up to here misses it. */
interface Seen {
  readonly partition: number
  readonly offset: number
  readonly revision: number
}

interface State {
  readonly parts: BoardParts
  readonly events: EventReader<DepartureChanged>
  readonly listeners: Set<BoardListener>
  readonly seen: Map<DepartureId, Seen>
  departures: Map<DepartureId, Departure>
  beginning: LogPosition
  /** Its view is what listeners were told of; that of a refresh is in it when they have been told of all of that. */
  position: BoardPosition
  /** The log's end before the store was first read: what lies before it, the store has. */
  readonly stored: LogPosition
  /** Whether it was said that the log tells of changes that the store never made. */
  hasToldStrange: boolean
  /** Set from the moment the log lost its past until the store was read again: where reading goes on. */
  lost: LogPosition | undefined
  repair: Promise<void> | undefined
  refreshing: Promise<void> | undefined
}

// Yesterday's late evening and the whole of tomorrow are on every board; older days are read from the store.
const PAST = 2 * DAY
const FUTURE = 3 * DAY

// More unpublished changes than this mean that the relay stands still, which is an alarm of its own.
const AHEAD_LIMIT = 1000

/**
 * Opens a board. The end of the log, or a place before it, is taken *before* the store is read, so nothing that happens in
 * between is missed; what is seen twice is dropped by revision. The store's state is newer than the place it is shown at
 * until the log has been read, which is always allowed.
 */
export async function openBoard(parts: BoardParts): Promise<Board> {
  const end = await parts.log.end('flight_updates')
  const position = await goBack(parts, end)
  const state: State = {
    parts,
    events: createEventReader(parts, decodeDepartureChanged),
    listeners: new Set(),
    seen: new Map(),
    departures: new Map(),
    beginning: position,
    position: { ...position, ...viewNow(parts) },
    stored: end,
    hasToldStrange: false,
    lost: undefined,
    repair: undefined,
    refreshing: undefined,
  }
  await rebuild(state, position)
  const reader = await parts.log.tail('flight_updates', position, {
    handle: (records) => receive(state, records),
    onLost: (now) => lose(state, now),
  })
  return toBoard(state, reader)
}

/** The place from which `past` records are read again, or as many as are kept. */
async function goBack({ log, past = 0 }: BoardParts, end: LogPosition): Promise<LogPosition> {
  if (past === 0) return end
  const { epoch, offsets } = await log.beginning('flight_updates')
  // Recreated in this very moment: there is no past.
  if (epoch !== end.epoch) return end
  const each = Math.ceil(past / end.offsets.length)
  const places = end.offsets.map((last, partition) => Math.max(offsets[partition] ?? 0, last - each))
  return { epoch, offsets: places }
}

function toBoard(state: State, reader: LogReader): Board {
  return {
    get: (id) => state.departures.get(id),
    all: () => state.departures,
    position: () => state.position,
    changedSince: (since) => changedSince(state, since),
    subscribe(listener) {
      state.listeners.add(listener)
      return () => state.listeners.delete(listener)
    },
    refresh() {
      // An older reading must not come in after a newer one, and take its view back.
      state.refreshing ??= refresh(state).finally(() => {
        state.refreshing = undefined
      })
      return state.refreshing
    },
    async close() {
      state.listeners.clear()
      await reader.close()
    },
  }
}

function viewNow({ clock }: BoardParts): View {
  // Positions are written in whole numbers.
  const now = Math.floor(clock.operational())
  return { from: now - PAST, until: now + FUTURE }
}

interface Reading {
  readonly found: Map<DepartureId, Departure>
  /** Departures that the store has in a state that the log does not tell yet: accepted, not published. */
  readonly ahead: ReadonlySet<DepartureId>
}

async function readStore({ departures }: BoardParts, { from, until }: View): Promise<Reading> {
  const found = await departures.listBetween(from, until)
  const ahead = await departures.unpublished(AHEAD_LIMIT)
  return {
    found: new Map(found.map((departure) => [departure.id, departure])),
    ahead: new Set(ahead.map(({ change }) => change.departureId)),
  }
}

/**
 * Fills the board from the store as of `position`. The store may be ahead of the log. Such
 * departures count as changed until their record comes, or a client that resumes at `position` would miss them.
 */
async function rebuild(state: State, position: LogPosition): Promise<void> {
  const view = viewNow(state.parts)
  const { found, ahead } = await readStore(state.parts, view)
  state.departures = found
  state.beginning = position
  state.position = { ...position, ...view }
  state.events.restart()
  state.seen.clear()
  for (const id of ahead) markAhead(state, id)
}

function markAhead(state: State, id: DepartureId): void {
  state.seen.set(id, { partition: 0, offset: state.position.offsets[0] ?? 0, revision: 0 })
}

/**
 * Takes in a batch. Whatever can fail comes first, because a batch that throws is handed in again; what changes the
 * board and tells the listeners then happens in one go.
 */
async function receive(state: State, records: readonly LogRecord[]): Promise<void> {
  if (state.lost) await repair(state)
  const { beginning } = state
  const read = await state.events.read(records)
  // Records of a life of the log that ended meanwhile say nothing any more: the store is being read again.
  if (state.lost || state.beginning !== beginning) return
  const changes = read.flatMap((entry) => apply(state, entry) ?? [])
  if (changes.length > 0) tell(state, (listener) => listener.changed(changes))
}

function apply(state: State, { record, event }: ReadRecord<DepartureChanged>): BoardChange | undefined {
  state.position = advance(state.position, record)
  const isOld = isStored(state, record)
  if (!event || (isOld && isStrange(state, event))) return undefined
  const { id, scheduledAt } = event.departure
  const isNew = isNews(state, event, isOld)
  if (isNew) state.departures.set(id, event.departure)
  // What lies ahead of the view will come into it, and then it matters when it changed; what is past will not.
  if (!state.departures.has(id) && scheduledAt < state.position.from) return undefined
  const revision = Math.max(event.departure.revision, state.seen.get(id)?.revision ?? 0)
  state.seen.set(id, { partition: record.partition, offset: record.offset, revision })
  return isNew ? { ...event, position: state.position } : undefined
}

/** Whether a record lies in the past that is read again: the store had it before the board was read from there. */
function isStored({ stored, position }: State, { partition, offset }: LogRecord): boolean {
  return stored.epoch === position.epoch && offset < (stored.offsets[partition] ?? 0)
}

/**
 * Whether an old record tells of something that the store had to have, and has not: the store was given back an older
 * state, or is another one. What the store says holds, or its next changes would all seem older than what the log remembers.
 */
function isStrange(state: State, { departure }: DepartureChanged): boolean {
  const { position, departures, parts } = state
  const known = departures.get(departure.id)
  // The board holds only what is in view: of other days nothing can be told.
  if (known ? known.revision >= departure.revision : !isWithin(departure, position)) return false
  if (!state.hasToldStrange) {
    const about = { departureId: departure.id, revision: departure.revision }
    parts.logger.warn(
      about,
      'the log tells of changes that the store has not: was the store restored, or is it another?',
    )
  }
  state.hasToldStrange = true
  return true
}

/**
 * A revision that the board knows from the store only is news as well, once: somebody may have resumed from a position
 * of the log at which it was not there yet.
 */
function isNews(state: State, { departure }: DepartureChanged, isOld: boolean): boolean {
  const known = state.departures.get(departure.id)
  // An old one of what has come near since the board was opened may be outdated: the next refresh reads what the store says.
  if (!known) return !isOld && isInView(state, departure)
  if (known.revision !== departure.revision) return known.revision < departure.revision
  return (state.seen.get(departure.id)?.revision ?? 0) < departure.revision
}

/** What comes while a refresh reads the store must not fall between the old view and the new one. */
function isInView({ parts, position }: State, departure: Departure): boolean {
  return isWithin(departure, { from: position.from, until: Math.max(position.until, viewNow(parts).until) })
}

/**
 * Whoever stands at `since` has of each departure in the view there what the log told before it, wherever it was told
 * that and however long ago. So it misses what changed later, and what is shown here and was not shown there.
 */
function changedSince(state: State, since: BoardPosition): readonly Departure[] | undefined {
  if (state.lost || !covers(since, state.beginning) || !covers(state.position, since)) return undefined
  const missing = new Set<DepartureId>()
  for (const [id, at] of state.seen) if (at.offset >= (since.offsets[at.partition] ?? 0)) missing.add(id)
  for (const departure of state.departures.values()) if (!isWithin(departure, since)) missing.add(departure.id)
  return [...missing].flatMap((id) => state.departures.get(id) ?? [])
}

function lose(state: State, now: LogPosition): void {
  state.lost = now
  repair(state).catch((err: unknown) => state.parts.logger.error({ err }, 'the board could not be read again'))
}

/** Reads the store again after a loss. One at a time; fails when the store does, and is then tried with the next batch. */
function repair(state: State): Promise<void> {
  state.repair ??= repairAll(state).finally(() => {
    state.repair = undefined
  })
  return state.repair
}

async function repairAll(state: State): Promise<void> {
  while (state.lost) {
    const now = state.lost
    await rebuild(state, now)
    if (state.lost === now) state.lost = undefined
  }
  tell(state, (listener) => listener.reset?.())
}

async function refresh(state: State): Promise<void> {
  if (state.lost) return repair(state)
  const { beginning } = state
  const view = viewNow(state.parts)
  const { found, ahead } = await readStore(state.parts, view)
  if (state.lost || state.beginning !== beginning) return
  // One that a record moved further ahead stays, for whoever was told of it has to be told of that as well.
  const gone = [...state.departures.values()].filter(({ id, scheduledAt }) => !found.has(id) && scheduledAt < view.from)
  for (const { id } of gone) forget(state, id)
  const entered = [...found.values()].filter(({ id }) => !state.departures.has(id))
  for (const departure of entered) {
    state.departures.set(departure.id, departure)
    // What the log has not told yet is missing to everybody, wherever they come from.
    if (ahead.has(departure.id)) markAhead(state, departure.id)
  }
  if (entered.length > 0) tell(state, (listener) => listener.entered?.(entered))
  // Only now: whoever is told of one of them and leaves must not seem to have the others. Where nothing came or went,
  // the old view says as much, and what was built for this position stays good.
  if (entered.length > 0 || gone.length > 0) state.position = { ...state.position, ...view }
}

function forget(state: State, id: DepartureId): void {
  state.departures.delete(id)
  state.seen.delete(id)
}

/** A listener that fails is its own problem: the others must still hear. */
function tell(state: State, event: (listener: BoardListener) => void): void {
  for (const listener of [...state.listeners]) {
    try {
      event(listener)
    } catch (err) {
      state.parts.logger.error({ err }, 'a listener of the board failed')
    }
  }
}
