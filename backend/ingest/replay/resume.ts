import type { Instant } from '../../../src/shared/domain/instant.ts'
import { localDate } from '../../../src/shared/lib/zone-time.ts'
import type { DayProgress, Progress } from './progress.ts'
import type { Anchor } from './replay-clock.ts'
import { firstAnchor, operationalDate, type ReplaySettings } from './replay-settings.ts'

/** What a process finds when it starts. */
export interface Found {
  readonly stored: Progress | undefined
  readonly fingerprint: string
  readonly settings: ReplaySettings
  /** Zone of the first station. */
  readonly zone: string
  readonly wall: Instant
}

/** A mapping of the clocks, and whether the settings made it anew. */
interface Start {
  readonly anchor: Anchor
  readonly isNew: boolean
}

/**
 * Decides where a replay goes on: at the place an earlier process reached, as time went on meanwhile, or at the
 * beginning where there was none, or another file. A date that was not laid yet begins like the first one: what lies
 * before this moment tells nobody.
 */
export function resume(found: Found): Progress {
  const { fingerprint, settings, stored, wall } = found
  const usable = stored?.fingerprint === fingerprint ? stored : undefined
  const start = startNow(found, usable)
  const { anchor } = start
  const operationalAt = anchor.operationalAt + Math.round((wall - anchor.wallAt) * anchor.rate)
  const days = usable?.days ?? []
  const date = dateNow(found, operationalAt, start.isNew)
  const progress = { fingerprint, start: settings.start, speed: settings.speed, anchor }
  if (days.some((day) => day.date >= date)) return { ...progress, days }
  const fresh: DayProgress = { date, historicalUntil: operationalAt, playedUntil: Number.MIN_SAFE_INTEGER }
  const replaces = stored !== undefined && usable === undefined
  const unfinished = days.filter(({ done }) => !done)
  return { ...progress, days: [...unfinished, { ...fresh, ...(replaces && { replaces: true }) }] }
}

function startNow({ settings, zone, wall }: Found, stored: Progress | undefined): Start {
  const first = firstAnchor(settings, zone, wall)
  if (!stored || stored.start !== settings.start) return { anchor: first, isNew: true }
  const latest = stored.days.at(-1)?.date ?? ''
  // A day played to its end stays there until the calendar offers another one to lay it over.
  if (settings.speed === 'max' && localDate(zone, wall) > latest) return { anchor: first, isNew: true }
  if (stored.speed === settings.speed) return { anchor: stored.anchor, isNew: false }
  const { wallAt, operationalAt, rate } = stored.anchor
  const reached = operationalAt + Math.round((wall - wallAt) * rate)
  return { anchor: { wallAt: wall, operationalAt: reached, rate: first.rate }, isNew: false }
}

/** A start by the clock is meant for the calendar's date, also in the hours before 04:00. */
function dateNow({ settings, zone, wall }: Found, operationalAt: Instant, isNew: boolean): string {
  if (settings.start === 'live') return operationalDate(zone, settings.speed === 'max' ? wall : operationalAt)
  if (settings.speed === 'max') return localDate(zone, wall)
  return isNew ? localDate(zone, operationalAt) : operationalDate(zone, operationalAt)
}
