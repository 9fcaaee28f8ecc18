import { setTimeout as sleep } from 'node:timers/promises'
import { arbitrateFeed } from '../../../src/shared/domain/arbitration.ts'
import { type Amendment, amend, create, type FactsPatch, type Stamp } from '../../../src/shared/domain/change.ts'
import { type Departure, factNames } from '../../../src/shared/domain/departure.ts'
import type { DepartureId } from '../../../src/shared/domain/departure-id.ts'
import type { Clock } from '../../../src/shared/ports/clock.ts'
import type { CommitResult, DepartureStore } from '../../../src/shared/ports/departure-store.ts'
import type { ScriptEntry } from './script.ts'

/** What applying needs. `known` is this feed's own view of the departures; the store corrects it with every answer. */
export interface ApplyParts {
  readonly departures: DepartureStore
  readonly clock: Pick<Clock, 'wall'>
  readonly known: Map<DepartureId, Departure>
  /** Begins the command ids, so that another file cannot be taken for a repetition of this one. */
  readonly fingerprint: string
  /** Entries up to this moment tell nobody. */
  readonly historicalUntil: number
  /** What another file of a day left under the same ids is cleared away as this day appears. */
  readonly replaces: boolean
  /** Ends the waiting for a full outbox. */
  readonly signal: AbortSignal
}

/** Rises while nothing goes through: the relay is behind, or has yet to adopt what was written beside us. Milliseconds. */
const WAITS = [5, 20, 50, 100, 250]

interface Draft {
  readonly entry: ScriptEntry
  readonly amendment: Amendment
}

/**
 * Puts entries into the store, each as one revision, whatever else is edited meanwhile: a desk that was faster makes an
 * entry be decided anew on the new state. Entries that are there already are left as they are.
 * @returns how many changes were made
 */
export async function applyEntries(parts: ApplyParts, entries: readonly ScriptEntry[]): Promise<number> {
  let queue = entries
  let changes = 0
  let blocked = 0
  while (queue.length > 0) {
    const { drafts, later } = draftRound(parts, queue)
    const results = drafts.length > 0 ? await parts.departures.commitAll(drafts.map(({ amendment }) => amendment)) : []
    const committed = results.filter(({ outcome }) => outcome === 'committed').length
    const again = drafts.filter((draft, index) => mustRepeat(parts, draft.entry, results[index]))
    queue = [...again.map(({ entry }) => entry), ...later]
    changes += committed
    blocked = committed > 0 || again.length === 0 ? 0 : blocked + 1
    if (blocked > 0) await sleep(WAITS[Math.min(blocked, WAITS.length) - 1], undefined, { signal: parts.signal })
  }
  return changes
}

/**
 * One entry per departure and round: a second one would be drafted on a state that the first may fail to reach, and a
 * desk's edit could take exactly that revision.
 */
function draftRound(
  parts: ApplyParts,
  queue: readonly ScriptEntry[],
): { readonly drafts: readonly Draft[]; readonly later: readonly ScriptEntry[] } {
  const drafted = new Set<DepartureId>()
  const drafts: Draft[] = []
  const later: ScriptEntry[] = []
  for (const entry of queue) {
    if (drafted.has(entry.departureId)) {
      later.push(entry)
      continue
    }
    const amendment = draft(parts, entry)
    if (!amendment) continue
    drafted.add(entry.departureId)
    drafts.push({ entry, amendment })
  }
  return { drafts, later }
}

function draft(parts: ApplyParts, entry: ScriptEntry): Amendment | undefined {
  const present = parts.known.get(entry.departureId)
  const stamp = stampOf(parts, entry)
  if (!present) return 'appears' in entry ? create(entry.appears.identity, entry.appears.facts, stamp) : undefined
  // What is not ours stays untouched: a real departure that bears the same name as one of the replayed day.
  if (!present.demo) return undefined
  if ('event' in entry) return amend(present, arbitrateFeed(present, entry.event.patch, stamp.at), stamp)
  return parts.replaces ? amend(present, { ...nothing, ...entry.appears.facts }, stamp) : undefined
}

const nothing: FactsPatch = Object.fromEntries(factNames.map((name) => [name, null]))

function stampOf({ clock, fingerprint, historicalUntil }: ApplyParts, entry: ScriptEntry): Stamp {
  const step = 'event' in entry ? entry.event.step : 0
  return {
    source: step === 0 ? 'schedule' : 'feed',
    at: clock.wall(),
    operationalAt: entry.at,
    commandId: `replay:${fingerprint}:${entry.departureId}:${step}`,
    ...(entry.at <= historicalUntil && { historical: true }),
  }
}

/** Takes over what the store says, and tells whether the entry has to be decided again. */
function mustRepeat({ known }: ApplyParts, entry: ScriptEntry, result: CommitResult | undefined): boolean {
  if (result === undefined || result.outcome === 'unknown') {
    known.delete(entry.departureId)
    return false
  }
  known.set(entry.departureId, result.departure)
  return result.outcome === 'stale' || result.outcome === 'outbox-full'
}
