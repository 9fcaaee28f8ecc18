import { publicJson } from '../../src/shared/api/public-json.ts'
import type { Board } from '../../src/shared/desk/board.ts'
import type { Departure } from '../../src/shared/domain/departure.ts'
import type { DepartureId } from '../../src/shared/domain/departure-id.ts'
import { formatPosition } from '../../src/shared/events/position.ts'
import { type Frame, snapshotFrame } from './frames.ts'
import type { NoticeBoard } from './notice-board.ts'
import { compressTextFrame } from './websocket-frame.ts'

/** Snapshots of the present. Those that many clients ask for alike are built once. */
export interface Snapshots {
  /** Everything, for a client whose past is not known. */
  all(): Frame
  /**
   * What changed since a position, or everything.
   * @param changed - asked once for all who come from there; `undefined` where the board cannot account for it
   */
  since(position: string, changed: () => readonly Departure[] | undefined): Frame
  /** Chosen departures, with the notices of chosen flights. */
  of(departures: readonly Departure[], flights: readonly DepartureId[], recovered: boolean): Frame
  /** The same for a client that takes compressed messages; built once for all of them. */
  compressed(snapshot: Frame): Frame
  /** Forgets what was built: the board changed without its position moving. */
  invalidate(): void
}

/** The key of a snapshot of everything: one that waits is enough for a socket. */
export const FULL_SNAPSHOT = '=all'

// After a restart thousands ask from a handful of positions, and for the same few flights. All of them together:
const KEPT_BYTES = 32 * 1024 * 1024

// What holds one of them in its place.
const ENTRY_BYTES = 200

// Bytes. What fits into one packet anyway is sent as it is.
const WORTH_COMPRESSING = 1_400

/** Makes the builder of snapshots. */
export function createSnapshots(
  board: Pick<Board, 'all' | 'position'>,
  notices: Pick<NoticeBoard, 'of' | 'all' | 'version'>,
): Snapshots {
  let builtAt = ''
  let bytes = 0
  const built = new Map<string, Frame>()
  const compressed = new WeakMap<Frame, Frame>()
  const forget = () => {
    built.clear()
    bytes = 0
  }
  /** Builds a frame, unless the same was built for the same present. */
  const once = (name: string, build: (position: string) => Frame): Frame => {
    const position = formatPosition(board.position())
    const present = `${position} ${notices.version()}`
    if (present !== builtAt || bytes > KEPT_BYTES) forget()
    builtAt = present
    const known = built.get(name)
    if (known) return known
    const frame = build(position)
    // Whoever comes from a place that nothing is known of gets what all get, and that is kept once.
    bytes += ENTRY_BYTES + name.length + (frame === built.get(FULL_SNAPSHOT) ? 0 : frame.bytes.length)
    built.set(name, frame)
    return frame
  }
  const all = () =>
    once(FULL_SNAPSHOT, (position) => {
      const departures = [...board.all().values()].map(publicJson)
      return {
        ...snapshotFrame({ recovered: false, departures, notices: notices.all(), position }),
        key: FULL_SNAPSHOT,
      }
    })
  return {
    all,
    since: (since, changed) =>
      once(since, (position) => {
        const departures = changed()?.map(publicJson)
        return departures ? snapshotFrame({ recovered: true, departures, notices: notices.all(), position }) : all()
      }),
    of: (departures, flights, recovered) =>
      once(`=of ${recovered} ${flights.join()} ${departures.map(({ id }) => id).join()}`, (position) =>
        snapshotFrame({
          recovered,
          departures: departures.map(publicJson),
          notices: flights.flatMap((id) => notices.of(id)),
          position,
        }),
      ),
    compressed(snapshot) {
      if (snapshot.bytes.length < WORTH_COMPRESSING) return snapshot
      const known = compressed.get(snapshot)
      const frame = known ?? { ...snapshot, bytes: compressTextFrame(snapshot.bytes) }
      if (!known) compressed.set(snapshot, frame)
      return frame
    },
    invalidate: forget,
  }
}
