import type { DepartureId } from '../../../src/shared/domain/departure-id.ts'
import type { Instant } from '../../../src/shared/domain/instant.ts'
import type { DayPlan, PlannedDeparture, PlannedEvent } from './day-plan.ts'
import type { DayProgress } from './progress.ts'

/** One line of the script: a departure appears, or something becomes known of it. */
export type ScriptEntry =
  | { readonly at: Instant; readonly departureId: DepartureId; readonly appears: PlannedDeparture }
  | { readonly at: Instant; readonly departureId: DepartureId; readonly event: PlannedEvent }

/** The script of one laid day, with the place up to which it was played. */
export interface Script {
  readonly plan: DayPlan
  readonly entries: readonly ScriptEntry[]
  readonly historicalUntil: Instant
  readonly replaces: boolean
  /** Index of the next entry. */
  next: number
}

/**
 * Makes the script of a day from where it was left.
 * @param progress - `playedUntil` covers entries at that moment too
 */
export function openScript(plan: DayPlan, progress: DayProgress): Script {
  const appearing = plan.departures.map((appears) => ({ at: appears.at, departureId: appears.identity.id, appears }))
  const telling = plan.events.map((event) => ({ at: event.at, departureId: event.departureId, event }))
  const entries: ScriptEntry[] = [...appearing, ...telling].sort((left, right) => left.at - right.at)
  const next = entries.findIndex(({ at }) => at > progress.playedUntil)
  const { historicalUntil, replaces = false } = progress
  return { plan, entries, historicalUntil, replaces, next: next === -1 ? entries.length : next }
}

/** The moment of the next entry; absent at the end. */
export function nextAt({ entries, next }: Script): Instant | undefined {
  return entries[next]?.at
}

/** The next entries up to a moment, at most `limit`. The script does not move on until they are in the store. */
export function upcoming(script: Script, until: Instant, limit: number): readonly ScriptEntry[] {
  const slice = script.entries.slice(script.next, script.next + limit)
  const end = slice.findIndex(({ at }) => at > until)
  return end === -1 ? slice : slice.slice(0, end)
}

/** The moment up to which everything was played: one before the next entry, which may share its moment with the last. */
export function playedUntil(script: Script): Instant {
  const following = nextAt(script)
  const last = script.entries[script.next - 1]?.at ?? Number.MIN_SAFE_INTEGER
  return following === last ? last - 1 : last
}
