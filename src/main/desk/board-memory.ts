import type { Recollection } from '../../shared/api/desktop-schemas.ts'
import type { BoardMessage, ClockReading } from '../../shared/api/schemas.ts'
import { SESSION_IDLE } from '../../shared/desk/sign-in.ts'
import type { Departure } from '../../shared/domain/departure.ts'
import type { DepartureId } from '../../shared/domain/departure-id.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import type { Actor } from '../../shared/domain/role.ts'
import type { Clock } from '../../shared/ports/clock.ts'
import type { Timer } from '../../shared/ports/timer.ts'
import type { BoardFile, KeptBoard } from './board-file.ts'

/** Whose board it is: of which service, and who saw it. */
export interface Viewer {
  readonly service: string
  readonly actor: Actor
}

/** The last board that somebody on this desk saw, for when nobody answers. It is shown to nobody else. */
export interface BoardMemory {
  /** Reads what an earlier run left, if it is this person's; otherwise it is removed. */
  load(viewer: Viewer | undefined): Promise<void>
  /** Looks at what flows to a page. Several pages may see the same: what is older than known changes nothing. */
  look(message: BoardMessage, viewer: Viewer): void
  /**
   * `null` unless this person saw it and their session cannot have ended of idleness since. One that an earlier run left
   * and that would come from the future has no age that can be told, and is not shown either.
   */
  recall(viewer: Viewer | undefined): Recollection | null
  /** Forgets it, also on disk, unless it is this person's. */
  keepOnlyFor(viewer: Viewer | undefined): void
  /** Writes what is new, and stops. */
  close(): Promise<void>
}

/** What it is made from. */
export interface BoardMemoryParts {
  readonly file: BoardFile
  readonly clock: Pick<Clock, 'wall'>
  /** Monotonic milliseconds. The wall clock can be set back, and an age told by it alone is then too low. */
  readonly now: () => number
  readonly timer: Timer
}

/** How often it is written at most. Milliseconds. */
export const WRITE_EVERY = 10_000

// While nothing but the time passes, it is written this often: the age then told after a crash is too high by as much.
const WRITE_AGE_EVERY = 60_000

/** Clocks of a machine that was started again agree within this. Milliseconds. */
const FUTURE = 60_000

interface Seen extends Viewer {
  readonly departures: Map<DepartureId, Departure>
  clock: ClockReading
  heardAt: Instant
  /** The same by the monotonic clock; an earlier run's says nothing in this one. */
  heardTick?: number
}

interface State {
  readonly parts: BoardMemoryParts
  seen: Seen | undefined
  /** Departures are not on disk as they are here. */
  isChanged: boolean
  writtenAt: Instant
}

/** Starts empty. */
export function createBoardMemory(parts: BoardMemoryParts): BoardMemory {
  const state: State = { parts, seen: undefined, isChanged: false, writtenAt: Number.NEGATIVE_INFINITY }
  const stop = parts.timer.every(WRITE_EVERY, () => void write(state))
  return {
    async load(viewer) {
      const kept = await parts.file.read()
      if (kept && isSame(kept, viewer)) state.seen = toSeen(kept)
      else parts.file.remove()
    },
    look: (message, viewer) => look(state, message, viewer),
    recall: (viewer) => recall(state, viewer),
    keepOnlyFor(viewer) {
      if (!state.seen || isSame(state.seen, viewer)) return
      state.seen = undefined
      state.isChanged = false
      parts.file.remove()
    },
    async close() {
      stop()
      if (state.seen) save(state, state.seen)
      await parts.file.settled()
    },
  }
}

function isSame(left: Viewer, right: Viewer | undefined): boolean {
  return left.service === right?.service && left.actor.name === right.actor.name
}

function look(state: State, message: BoardMessage, viewer: Viewer): void {
  if (message.type === 'snapshot') takeSnapshot(state, message, viewer)
  const { seen } = state
  // Changes without a snapshot before them would make half a board.
  if (!seen || !isSame(seen, viewer)) return
  seen.heardAt = state.parts.clock.wall()
  seen.heardTick = state.parts.now()
  // A desktop that is killed soon after its first board must have it all the same.
  if (message.type === 'snapshot') write(state)
  if (message.type === 'pulse') seen.clock = message.clock
  if (message.type !== 'changes') return
  for (const { departure } of message.changes) {
    if ((seen.departures.get(departure.id)?.revision ?? 0) < departure.revision) {
      seen.departures.set(departure.id, departure)
      state.isChanged = true
    }
  }
}

function takeSnapshot(
  state: State,
  { departures, clock }: Extract<BoardMessage, { type: 'snapshot' }>,
  viewer: Viewer,
): void {
  const before = state.seen && isSame(state.seen, viewer) ? state.seen.departures : undefined
  const newest = departures.map((departure) => {
    const known = before?.get(departure.id)
    return known && known.revision > departure.revision ? known : departure
  })
  state.seen = {
    ...viewer,
    departures: new Map(newest.map((departure) => [departure.id, departure])),
    clock,
    heardAt: 0,
  }
  state.isChanged = true
}

function recall({ seen, parts }: State, viewer: Viewer | undefined): Recollection | null {
  if (!seen || !viewer || !isSame(seen, viewer)) return null
  const byWall = parts.clock.wall() - seen.heardAt
  if (seen.heardTick === undefined && byWall < -FUTURE) return null
  const age = Math.max(0, byWall, parts.now() - (seen.heardTick ?? parts.now()))
  if (age >= SESSION_IDLE) return null
  return { actor: viewer.actor, departures: [...seen.departures.values()], clock: seen.clock, age }
}

function write(state: State): void {
  const { seen, parts } = state
  if (!seen) return
  // Other than, not later than: after the clock was set back nothing would be written until it has caught up.
  const isDue = state.isChanged || Math.abs(parts.clock.wall() - state.writtenAt) >= WRITE_AGE_EVERY
  if (isDue && seen.heardAt !== state.writtenAt) save(state, seen)
}

function save(state: State, { departures, heardTick: _tick, ...rest }: Seen): void {
  state.isChanged = false
  state.writtenAt = rest.heardAt
  state.parts.file.write({ ...rest, departures: [...departures.values()] })
}

function toSeen({ departures, ...rest }: KeptBoard): Seen {
  return { ...rest, departures: new Map(departures.map((departure) => [departure.id, departure])) }
}
