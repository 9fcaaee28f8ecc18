import { setImmediate } from 'node:timers/promises'
import type { Departure } from '../../../src/shared/domain/departure.ts'
import type { DepartureId } from '../../../src/shared/domain/departure-id.ts'
import { DAY, type Instant } from '../../../src/shared/domain/instant.ts'
import { addDays, localInstant } from '../../../src/shared/lib/zone-time.ts'
import type { DepartureStore } from '../../../src/shared/ports/departure-store.ts'
import type { Log } from '../../../src/shared/ports/log.ts'
import type { SettingStore } from '../../../src/shared/ports/system-stores.ts'
import type { Reference } from '../reference/reference-data.ts'
import { applyEntries } from './apply-entries.ts'
import type { RealDay } from './day-file.ts'
import type { DayPlan } from './day-plan.ts'
import { withFreeIds } from './free-ids.ts'
import { dayZone, OPENING_MINUTES, planDay } from './plan-day.ts'
import { type DayProgress, type Progress, writeProgress } from './progress.ts'
import type { ReplayClock } from './replay-clock.ts'
import { nextAt, openScript, playedUntil, type Script, upcoming } from './script.ts'

/** What playing needs. */
export interface PlayerParts {
  readonly stores: { readonly departures: DepartureStore; readonly settings: SettingStore }
  readonly logger: Log
  readonly day: RealDay
  readonly reference: Reference
  /** Called when a day stands on the board, also again after a restart. */
  readonly onDay?: ((plan: DayPlan) => void) | undefined
}

/** The days that are being played, and how far. */
export interface Player {
  readonly parts: PlayerParts
  readonly clock: ReplayClock
  readonly known: Map<DepartureId, Departure>
  readonly scripts: Script[]
  readonly stop: AbortController
  readonly unannounced: DayPlan[]
  progress: Progress
}

// What one write carries: the store cuts it into transactions of its own, and progress is kept after each.
const SLICE = 256

/** Opens the scripts of all days in progress. */
export async function openPlayer(
  parts: PlayerParts,
  { clock, progress }: Pick<Player, 'clock' | 'progress'>,
): Promise<Player> {
  const player: Player = {
    parts,
    clock,
    known: new Map(),
    scripts: [],
    stop: new AbortController(),
    unannounced: [],
    progress,
  }
  // The latest is opened even at its end: whoever fills it with passengers may not have come to theirs.
  for (const day of progress.days) if (!day.done || day === progress.days.at(-1)) await openDay(player, day)
  await writeProgress(parts.stores.settings, progress)
  return player
}

/**
 * Plays everything up to a moment, laying the day over each date whose 04:00 is passed on the way.
 * @throws what the store throws; what was played until then stays played, and calling again goes on
 */
export async function play(player: Player, until: Instant): Promise<void> {
  for (;;) {
    const opening = nextOpening(player)
    for (const script of player.scripts) await playScript(player, script, Math.min(until, opening?.at ?? until))
    announce(player)
    if (player.stop.signal.aborted || opening === undefined || opening.at > until) return
    await layDay(player, opening)
  }
}

/** When there is something to do again; absent when a day that is played at once has ended. */
export function nextDue(player: Player): Instant | undefined {
  const moments = [...player.scripts.map(nextAt), nextOpening(player)?.at].filter((at) => at !== undefined)
  return moments.length > 0 ? Math.min(...moments) : undefined
}

interface Opening {
  readonly date: string
  readonly at: Instant
}

/** A day that is played at once stays at its end and opens no other. */
function nextOpening({ parts, progress, clock }: Player): Opening | undefined {
  const latest = progress.days.at(-1)?.date
  if (clock.rate === 0 || latest === undefined) return undefined
  const date = addDays(latest, 1)
  return { date, at: localInstant(dayZone(parts.day.rows, parts.reference), date, OPENING_MINUTES) }
}

async function layDay(player: Player, { date, at }: Opening): Promise<void> {
  const day: DayProgress = { date, historicalUntil: at, playedUntil: Number.MIN_SAFE_INTEGER }
  const unfinished = player.scripts.filter((script) => nextAt(script) !== undefined)
  player.scripts.splice(0, player.scripts.length, ...unfinished)
  const dates = new Set(unfinished.map(({ plan }) => plan.date))
  const days = player.progress.days.filter((known) => dates.has(known.date))
  player.progress = { ...player.progress, days: [...days, day] }
  for (const { id, scheduledAt } of player.known.values()) if (scheduledAt < at - 3 * DAY) player.known.delete(id)
  await openDay(player, day)
  await writeProgress(player.parts.stores.settings, player.progress)
}

async function openDay(player: Player, day: DayProgress): Promise<void> {
  const { parts, known } = player
  const planned = planDay(parts.day.rows, parts.reference, { today: day.date })
  const schedules = planned.departures.map(({ facts }) => facts.scheduledAt)
  const [from, to] = [Math.min(...schedules) - DAY, Math.max(...schedules) + DAY]
  for (const departure of await parts.stores.departures.listBetween(from, to)) known.set(departure.id, departure)
  const plan = withFreeIds(planned, known)
  player.scripts.push(openScript(plan, day))
  player.unannounced.push(plan)
  parts.logger.info({ date: day.date, departures: plan.departures.length, events: plan.events.length }, 'day laid')
}

async function playScript(player: Player, script: Script, until: Instant): Promise<void> {
  const { parts, clock, known, stop } = player
  const { historicalUntil, replaces } = script
  const { departures } = parts.stores
  while (!stop.signal.aborted) {
    const entries = upcoming(script, until, SLICE)
    if (entries.length === 0) return
    const { fingerprint } = parts.day
    const context = { departures, clock, known, fingerprint, historicalUntil, replaces, signal: stop.signal }
    await applyEntries(context, entries)
    script.next += entries.length
    clock.reach(entries.at(-1)?.at ?? until)
    await saveProgress(player, script)
    await setImmediate()
  }
}

async function saveProgress(player: Player, script: Script): Promise<void> {
  const { clock, progress, parts } = player
  const days = progress.days.map((day) => (day.date === script.plan.date ? { ...day, ...progressOf(script) } : day))
  // A clock that stands still is where playing has brought it; one that runs needs only the mapping it started with.
  const anchor = clock.rate === 0 ? { ...progress.anchor, operationalAt: clock.operational() } : progress.anchor
  player.progress = { ...progress, anchor, days }
  await writeProgress(parts.stores.settings, player.progress)
}

function progressOf(script: Script): Pick<DayProgress, 'playedUntil' | 'done'> {
  return { playedUntil: playedUntil(script), ...(nextAt(script) === undefined && { done: true }) }
}

function announce({ unannounced, parts }: Player): void {
  for (const plan of unannounced.splice(0)) parts.onDay?.(plan)
}
