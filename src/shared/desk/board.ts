import type { Departure } from '../domain/departure.ts'
import type { DepartureId } from '../domain/departure-id.ts'
import { DAY } from '../domain/instant.ts'
import { type DepartureChanged, decodeDepartureChanged } from '../events/departure-changed.ts'
import { covers } from '../events/position.ts'
import { isFlightlineError } from '../lib/errors.ts'
import type { Clock } from '../ports/clock.ts'
import type { DepartureStore } from '../ports/departure-store.ts'
import type { EventLog, LogPosition, LogReader, LogRecord } from '../ports/event-log.ts'
import type { Log } from '../ports/log.ts'

/** One change as it reached the board, with the position that covers it. */
export interface BoardChange extends DepartureChanged {
  readonly position: LogPosition
}

/** Told of what happens on the board. */
export interface BoardListener {
  /** Changes in order; none older than what the board showed before. */
  changed(changes: readonly BoardChange[]): void
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
  position(): LogPosition
  /**
   * Departures that changed after `since`.
   * @returns `undefined` when that cannot be told: other epoch, before this board's beginning, or ahead of it
   */
  changedSince(since: LogPosition): readonly Departure[] | undefined
  /** @returns the end of the subscription */
  subscribe(listener: BoardListener): () => void
  close(): Promise<void>
}

/** What a board is made from. */
export interface BoardParts {
  readonly departures: DepartureStore
  readonly log: EventLog
  readonly clock: Clock
  readonly logger: Log
}

interface State {
  readonly parts: BoardParts
  readonly listeners: Set<BoardListener>
  readonly lastOffsets: Map<DepartureId, { readonly partition: number; readonly offset: number }>
  departures: Map<DepartureId, Departure>
  beginning: LogPosition
  position: LogPosition
}

// Yesterday's late evening and the whole of tomorrow are on every board; older days are read from the store.
const PAST = 2 * DAY
const FUTURE = 3 * DAY

/**
 * Opens a board. The end of the log is taken *before* the store is read, so nothing that happens in between is missed;
 * what is seen twice is dropped by revision.
 */
export async function openBoard(parts: BoardParts): Promise<Board> {
  const position = await parts.log.end('flight_updates')
  const state: State = {
    parts,
    listeners: new Set(),
    lastOffsets: new Map(),
    departures: await readStore(parts),
    beginning: position,
    position,
  }
  const reader = await parts.log.tail('flight_updates', position, {
    handle: (records) => receive(state, records),
    onLost: (now) => void restart(state, now),
  })
  return toBoard(state, reader)
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
    async close() {
      state.listeners.clear()
      await reader.close()
    },
  }
}

async function readStore({ departures, clock }: BoardParts): Promise<Map<DepartureId, Departure>> {
  const now = clock.operational()
  const found = await departures.listBetween(now - PAST, now + FUTURE)
  return new Map(found.map((departure) => [departure.id, departure]))
}

async function receive(state: State, records: readonly LogRecord[]): Promise<void> {
  const changes: BoardChange[] = []
  for (const record of records) {
    const event = await readRecord(state, record)
    state.position = advance(state.position, record)
    if (event && isNews(state, event)) {
      state.departures.set(event.departure.id, event.departure)
      state.lastOffsets.set(event.departure.id, { partition: record.partition, offset: record.offset })
      changes.push({ ...event, position: state.position })
    }
  }
  if (changes.length > 0) for (const listener of state.listeners) listener.changed(changes)
}

/** A poison record is set aside and the partition moves on. */
async function readRecord({ parts }: State, record: LogRecord): Promise<DepartureChanged | undefined> {
  try {
    return decodeDepartureChanged(record.value)
  } catch (error) {
    if (!isFlightlineError(error, 'FL_EVENT_UNREADABLE')) throw error
    parts.logger.warn({ topic: record.topic, partition: record.partition, offset: record.offset }, error.message)
    await parts.log.bury(record, error.message)
    return undefined
  }
}

function isNews(state: State, { departure }: DepartureChanged): boolean {
  const known = state.departures.get(departure.id)
  if (known) return known.revision < departure.revision
  const now = state.parts.clock.operational()
  return departure.scheduledAt >= now - PAST && departure.scheduledAt < now + FUTURE
}

function advance(position: LogPosition, record: LogRecord): LogPosition {
  const offsets = position.offsets.with(record.partition, record.offset + 1)
  return { epoch: position.epoch, offsets }
}

function changedSince(state: State, since: LogPosition): readonly Departure[] | undefined {
  if (!covers(since, state.beginning) || !covers(state.position, since)) return undefined
  const changed = [...state.lastOffsets].filter(([, at]) => at.offset >= (since.offsets[at.partition] ?? 0))
  return changed.flatMap(([id]) => state.departures.get(id) ?? [])
}

async function restart(state: State, now: LogPosition): Promise<void> {
  state.departures = await readStore(state.parts)
  state.lastOffsets.clear()
  state.beginning = now
  state.position = now
  for (const listener of state.listeners) listener.reset?.()
}
