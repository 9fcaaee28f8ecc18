import { FlightlineError } from '../lib/errors.ts'
import { findDelayCode } from './delay-codes.ts'
import type { DelayReason } from './delay-reason.ts'
import type { Departure, DepartureFacts } from './departure.ts'
import { DAY, type Instant, MINUTE, minutesBetween } from './instant.ts'
import type { PublicReason } from './public-reason.ts'

/** From this delay on a departure counts as delayed and passengers are told (the field's D15). Minutes. */
export const DELAY_THRESHOLD_MINUTES = 15

/** The largest delay that is entered as a delay; beyond it the flight is retimed or cancelled. Minutes. */
const MAX_DELAY_MINUTES = (2 * DAY) / MINUTE

/**
 * Minutes off-block after schedule: the actual time where there is one, else the estimate; early is negative.
 * A delay without a firm time has no minutes yet and counts as 0.
 */
export function delayMinutes(departure: Pick<DepartureFacts, 'scheduledAt' | 'estimatedAt' | 'offBlockAt'>): number {
  const expected: Instant = departure.offBlockAt ?? departure.estimatedAt ?? departure.scheduledAt
  return minutesBetween(departure.scheduledAt, expected)
}

/** Sum of the minutes that reasons account for. */
export function sumOfReasons(reasons: readonly DelayReason[]): number {
  return reasons.reduce((sum, reason) => sum + reason.minutes, 0)
}

/** What is checked together when a delay is coded. */
export interface CodedDelay {
  readonly minutes: number
  readonly reasons: readonly DelayReason[]
  readonly remark?: string | undefined
}

/**
 * Checks a delay and the reasons given for it. Below {@link DELAY_THRESHOLD_MINUTES} reasons may be left out; where
 * there are any, their minutes add up to the delay. Alphabetic codes are turned into digits.
 * @returns the reasons as they are stored
 * @throws FlightlineError `FL_DELAY_INVALID`, `FL_DELAY_SUM`, `FL_DELAY_REASON_UNKNOWN`, `FL_DELAY_REASON_TEXT`
 */
export function checkCodedDelay(delay: CodedDelay): readonly DelayReason[] {
  const { minutes, reasons } = delay
  if (!Number.isInteger(minutes) || minutes < 0 || minutes > MAX_DELAY_MINUTES) {
    throw new FlightlineError('FL_DELAY_INVALID', { minutes })
  }
  const coded = reasons.map((reason) => checkReason(reason, delay.remark))
  const mayBeOpen = reasons.length === 0 && minutes < DELAY_THRESHOLD_MINUTES
  const sum = sumOfReasons(coded)
  if (!mayBeOpen && sum !== minutes) throw new FlightlineError('FL_DELAY_SUM', { sum, delay: minutes })
  return coded
}

function checkReason(reason: DelayReason, remark: string | undefined): DelayReason {
  const known = findDelayCode(reason.code)
  if (!known) throw new FlightlineError('FL_DELAY_REASON_UNKNOWN', { code: reason.code, scheme: reason.scheme })
  if (known.needsRemark && !remark?.trim()) throw new FlightlineError('FL_DELAY_REASON_TEXT', { code: known.code })
  if (!Number.isInteger(reason.minutes) || reason.minutes < 1) {
    throw new FlightlineError('FL_DELAY_INVALID', { minutes: reason.minutes })
  }
  return { ...reason, code: known.code }
}

/**
 * The reason passengers are told: that of the largest share, the first of equals.
 * @returns `undefined` where nobody has coded the delay
 */
export function publicReason(departure: Pick<Departure, 'delays'>): PublicReason | undefined {
  const [first, ...others] = departure.delays ?? []
  if (!first) return undefined
  const largest = others.reduce((most, reason) => (reason.minutes > most.minutes ? reason : most), first)
  return findDelayCode(largest.code)?.publicReason
}
