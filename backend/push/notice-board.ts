import { createEventReader } from '../../src/shared/desk/event-reader.ts'
import type { Broadcast } from '../../src/shared/domain/broadcast.ts'
import type { DepartureId } from '../../src/shared/domain/departure-id.ts'
import type { Instant } from '../../src/shared/domain/instant.ts'
import { decodeBroadcastSent } from '../../src/shared/events/broadcast-sent.ts'
import { noticeEntry } from './frames.ts'
import type { PushParts } from './parts.ts'

/** The notices that are still valid. */
export interface NoticeBoard {
  /** Entries of a snapshot for one flight, oldest first. */
  of(id: DepartureId): readonly string[]
  /** Entries for all flights. */
  all(): readonly string[]
  /** Moves with every change of what is valid. */
  version(): number
  /** Drops what is not valid any more, and reads again what could not be read when the topic lost its past. */
  refresh(): Promise<void>
  close(): Promise<void>
}

/** Entries of one broadcast by flight. */
export type NoticeEntries = ReadonlyMap<DepartureId, string>

type NoticeParts = Pick<PushParts, 'log' | 'stores' | 'clock' | 'logger'>

interface NoticeState {
  readonly parts: NoticeParts
  readonly told: (entries: NoticeEntries) => void
  readonly valid: Map<string, { readonly until: Instant; readonly entries: NoticeEntries }>
  version: number
  /** The topic lost its past, and the store was not read since. */
  isLost: boolean
}

/**
 * Reads what is valid from the store and follows the topic from there. The end of the topic is taken first, so nothing
 * that is sent in between is missed; what is seen twice is told once.
 * @param told - called for each broadcast that was not known
 */
export async function openNoticeBoard(
  parts: NoticeParts,
  told: (entries: NoticeEntries) => void,
): Promise<NoticeBoard> {
  const state: NoticeState = { parts, told, valid: new Map(), version: 0, isLost: false }
  const events = createEventReader(parts, decodeBroadcastSent)
  const position = await parts.log.end('broadcasts')
  // Nobody is connected yet, and whoever connects gets these with the first snapshot.
  for (const broadcast of await readValid(state)) add(state, broadcast)
  const reader = await parts.log.tail('broadcasts', position, {
    // As on the board: all that can fail first, then the telling in one go, since a batch that throws comes again.
    handle: async (records) => {
      const read = await events.read(records)
      tell(
        state,
        read.flatMap(({ event }) => event ?? []),
      )
    },
    onLost() {
      events.restart()
      state.isLost = true
      void readAgain(state)
    },
  })
  return {
    of: (id) => [...state.valid.values()].flatMap(({ entries }) => entries.get(id) ?? []),
    all: () => [...state.valid.values()].flatMap(({ entries }) => [...entries.values()]),
    version: () => state.version,
    async refresh() {
      prune(state, state.parts.clock.wall())
      if (state.isLost) await readAgain(state)
    },
    close: () => reader.close(),
  }
}

function readValid({ parts }: NoticeState): Promise<readonly Broadcast[]> {
  return parts.stores.broadcasts.valid(parts.clock.wall())
}

function tell(state: NoticeState, broadcasts: readonly Broadcast[]): void {
  const now = state.parts.clock.wall()
  for (const broadcast of broadcasts) {
    if (state.valid.has(broadcast.id) || broadcast.validUntil <= now) continue
    state.told(add(state, broadcast))
  }
}

function add(state: NoticeState, broadcast: Broadcast): NoticeEntries {
  const entries = new Map(broadcast.departureIds.map((id) => [id, noticeEntry(id, broadcast)]))
  state.valid.set(broadcast.id, { until: broadcast.validUntil, entries })
  state.version += 1
  return entries
}

/** The topic lost its past: what was sent meanwhile is in the store. */
async function readAgain(state: NoticeState): Promise<void> {
  try {
    state.isLost = false
    tell(state, await readValid(state))
  } catch (err) {
    state.isLost = true
    state.parts.logger.error({ err }, 'valid notices could not be read again')
  }
}

function prune(state: NoticeState, now: Instant): void {
  for (const [id, { until }] of state.valid) {
    if (until > now) continue
    state.valid.delete(id)
    state.version += 1
  }
}
