import type { Addressed } from './frames.ts'

/** A place in what was told, between two frames; the frames before it are those that whoever stands there has got. */
export type Place = number

/** Who stands at a place of the backlog because their socket takes nothing right now. */
export interface Reader {
  /** Up to where it was sent what it wants. */
  place: Place
  /** Whether the frame at a place is for it. */
  readonly wants: (frame: Addressed, place: Place) => boolean
}

/** A frame that waits, and its place. */
export interface Waiting {
  readonly place: Place
  readonly frame: Addressed
}

/**
 * What was told while somebody was behind, once for all of them: each departure in its newest frame only, at the place of
 * that frame, and every notice. Who is behind keeps nothing but a place, so a thousand of them cost what one costs.
 */
export interface Backlog<Who extends Reader = Reader> {
  /** The place after everything told. */
  end(): Place
  /**
   * Takes in what is told now; nothing of it is kept unless somebody is behind, or soon may be.
   * @param isLong - it takes several writes, between which a socket may fall behind
   * @returns the place before the first of them; each has the next
   */
  tell(frames: readonly Addressed[], isLong: boolean): Place
  /** Who stands somewhere in it. */
  readonly readers: ReadonlySet<Who>
  enter(reader: Who): void
  leave(reader: Who): void
  /** The next frame for a reader, no further than `until`. Moves it past what it does not want, and not past that frame. */
  next(reader: Reader, until: Place): Waiting | undefined
  /** Bytes that are kept. */
  bytes(): number
  /**
   * Bytes between a reader and the end that it wants; what waits for others only is not counted.
   * @param limit - counting ends past it, since whoever asks whether it is too much needs to know no more
   */
  bytesBefore(reader: Reader, limit?: number): number
  /** Frames between a reader and the end that it wants. */
  framesBefore(reader: Reader): number
  /** Forgets what nobody needs any more. */
  trim(): void
}

interface Entry {
  readonly place: Place
  readonly key: string
  /** `undefined` once a newer one of its departure was told. */
  frame: Addressed | undefined
}

interface State<Who extends Reader = Reader> {
  readonly readers: Set<Who>
  /** Places rise. */
  entries: Entry[]
  readonly newest: Map<string, Entry>
  end: Place
  bytes: number
}

// Entries that were replaced are swept out when there are more of them than of the others, and this many at least.
const WORTH_SWEEPING = 256

/** Nothing waits yet. */
export function createBacklog<Who extends Reader = Reader>(): Backlog<Who> {
  const state: State<Who> = { readers: new Set(), entries: [], newest: new Map(), end: 0, bytes: 0 }
  return {
    end: () => state.end,
    tell: (frames, isLong) => tell(state, frames, isLong),
    readers: state.readers,
    enter: (reader) => void state.readers.add(reader),
    leave(reader) {
      state.readers.delete(reader)
      if (state.readers.size === 0) keep(state, () => false)
    },
    next: (reader, until) => next(state, reader, until),
    bytes: () => state.bytes,
    bytesBefore: (reader, limit = Number.POSITIVE_INFINITY) =>
      sumBefore(state, reader, { limit, of: ({ bytes }) => bytes.length }),
    framesBefore: (reader) => sumBefore(state, reader, { limit: Number.POSITIVE_INFINITY, of: () => 1 }),
    trim: () => trim(state),
  }
}

function tell(state: State, frames: readonly Addressed[], isLong: boolean): Place {
  const start = state.end
  state.end += frames.length
  if (state.readers.size === 0 && !isLong) return start
  for (const [at, frame] of frames.entries()) add(state, frame, start + at + 1)
  if (state.entries.length > 2 * state.newest.size + WORTH_SWEEPING) keep(state, ({ frame }) => frame !== undefined)
  return start
}

function add(state: State, frame: Addressed, place: Place): void {
  const key = frame.key ?? `#${place}`
  const older = state.newest.get(key)
  if (older?.frame) {
    state.bytes -= older.frame.bytes.length
    older.frame = undefined
  }
  const entry = { place, key, frame }
  state.entries.push(entry)
  state.newest.set(key, entry)
  state.bytes += frame.bytes.length
}

function next({ entries }: State, reader: Reader, until: Place): Waiting | undefined {
  for (let at = findAfter(entries, reader.place); at < entries.length; at += 1) {
    const { place, frame } = entries[at] ?? { place: until + 1, frame: undefined }
    if (place > until) return undefined
    if (frame && reader.wants(frame, place)) return { place, frame }
    reader.place = place
  }
  return undefined
}

/** @returns the index of the first entry beyond a place */
function findAfter(entries: readonly Entry[], place: Place): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((entries[middle]?.place ?? 0) > place) high = middle
    else low = middle + 1
  }
  return low
}

/** Adds up what a reader wants of what is between it and the end, until it is more than the limit. */
function sumBefore(
  { entries }: State,
  reader: Reader,
  { limit, of }: { readonly limit: number; readonly of: (frame: Addressed) => number },
): number {
  let sum = 0
  for (let at = findAfter(entries, reader.place); at < entries.length && sum <= limit; at += 1) {
    const { frame, place } = entries[at] ?? {}
    if (frame && place !== undefined && reader.wants(frame, place)) sum += of(frame)
  }
  return sum
}

function trim(state: State): void {
  let first = state.end
  for (const { place } of state.readers) first = Math.min(first, place)
  if ((state.entries[0]?.place ?? first + 1) <= first) keep(state, ({ place }) => place > first)
}

function keep(state: State, isKept: (entry: Entry) => boolean): void {
  const kept: Entry[] = []
  for (const entry of state.entries) {
    if (isKept(entry)) kept.push(entry)
    else forget(state, entry)
  }
  state.entries = kept
}

function forget(state: State, { key, frame }: Entry): void {
  if (!frame) return
  state.newest.delete(key)
  state.bytes -= frame.bytes.length
}
