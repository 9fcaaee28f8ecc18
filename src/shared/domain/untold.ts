import { DELAY_THRESHOLD_MINUTES } from './delay.ts'
import type { Departure } from './departure.ts'
import { type Instant, minutesBetween } from './instant.ts'
import type { NoticeKind, ToldFacts } from './notice.ts'
import { isOffBlock } from './status.ts'
import { toldFacts } from './told-facts.ts'

/**
 * Compares what passengers were told last with how things stand.
 * @returns what there is to tell, most important first; empty when nothing is
 */
export function untoldKinds(told: ToldFacts, departure: Departure): readonly NoticeKind[] {
  if (departure.cancelled) return told.cancelled ? [] : ['cancellation']
  const now = toldFacts(departure)
  const isAtStand = !hasLeft(departure)
  const checks: readonly (readonly [NoticeKind, boolean])[] = [
    ['diversion', isDiversionNew(told, now)],
    ['reinstatement', told.cancelled === true],
    ['delay', isAtStand && isDelayNew(told, now, departure.scheduledAt)],
    ['gate', isAtStand && isGateNew(told, now)],
  ]
  return checks.filter(([, holds]) => holds).map(([kind]) => kind)
}

/** Whether gate and delay are of no use to passengers any more. */
export function hasLeft(departure: Departure): boolean {
  return isOffBlock(departure) || departure.landedAt !== undefined || departure.inBlockAt !== undefined
}

/**
 * How far the told departure time has moved, either way; a time before the schedule counts as the schedule.
 * @returns minutes
 */
export function movedMinutes(told: ToldFacts, now: ToldFacts, scheduledAt: Instant): number {
  return minutesBetween(toldTime(told, scheduledAt), toldTime(now, scheduledAt))
}

function toldTime({ estimatedAt }: ToldFacts, scheduledAt: Instant): Instant {
  return Math.max(scheduledAt, estimatedAt ?? scheduledAt)
}

// Without a firm time the promise of the next information is what was told, and it moves like one.
function isDelayNew(told: ToldFacts, now: ToldFacts, scheduledAt: Instant): boolean {
  const [before, after] = [told.nextInformationAt, now.nextInformationAt]
  if (before === undefined && after === undefined) return isFar(movedMinutes(told, now, scheduledAt))
  if (before === undefined || after === undefined) return true
  return isFar(minutesBetween(before, after))
}

function isFar(minutes: number): boolean {
  return Math.abs(minutes) >= DELAY_THRESHOLD_MINUTES
}

function isGateNew(told: ToldFacts, now: ToldFacts): boolean {
  if (told.gate === undefined || now.gate === undefined) return false
  const isOtherTerminal = told.terminal !== undefined && now.terminal !== undefined && told.terminal !== now.terminal
  return told.gate !== now.gate || isOtherTerminal
}

function isDiversionNew(told: ToldFacts, now: ToldFacts): boolean {
  const hasFlag = (facts: ToldFacts) => facts.diverted !== undefined
  return hasFlag(told) !== hasFlag(now) || told.diverted?.airport !== now.diverted?.airport
}
