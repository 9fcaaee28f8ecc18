import { type Instant, MINUTE } from '../../../src/shared/domain/instant.ts'
import { arrivalDelayByClock, clockDelay } from './block.ts'
import type { DayRow } from './day-row.ts'
import { pick } from './hash.ts'

/** What really happened to a flight, laid over today. The file's delays count to the minute. */
export interface Timeline {
  readonly scheduledAt: Instant
  readonly scheduledArrivalAt: Instant
  /** Absent when it was cancelled. */
  readonly flown?: Flown
}

/** The movements of a flight that took place. */
export interface Flown {
  readonly delay: number
  readonly offBlockAt: Instant
  readonly takeOffAt?: Instant
  /** Absent, as is `inBlockAt`, when it never arrived where it was going. */
  readonly landedAt?: Instant
  readonly inBlockAt?: Instant
  /** When it became known that it went elsewhere. */
  readonly divertedAt?: Instant
}

/** A row with its place in time. */
export interface Placed {
  readonly row: DayRow
  readonly scheduledAt: Instant
  /** Scheduled block in minutes. */
  readonly block: number
  /** What made-up values are derived from. */
  readonly key: string
}

const LONGEST_TAXI_OUT = 35

/** Lays the movements of a row over its scheduled time today. */
export function layTimeline({ row, scheduledAt, block, key }: Placed): Timeline {
  const scheduledArrivalAt = scheduledAt + block * MINUTE
  const schedule = { scheduledAt, scheduledArrivalAt }
  if (row.departure === undefined) return schedule
  const delay = row.departureDelay ?? clockDelay(row.scheduledDeparture, row.departure)
  const offBlockAt = scheduledAt + delay * MINUTE
  if (row.arrival === undefined) {
    return { ...schedule, flown: { delay, offBlockAt, ...divert(key, { offBlockAt, block }) } }
  }
  const arrivalDelay = row.arrivalDelay ?? arrivalDelayByClock(row, { block, delay })
  const inBlockAt = scheduledArrivalAt + arrivalDelay * MINUTE
  return { ...schedule, flown: { delay, offBlockAt, inBlockAt, ...fly(row, { offBlockAt, inBlockAt, key }) } }
}

interface Stay {
  readonly offBlockAt: Instant
  readonly inBlockAt: Instant
  readonly key: string
}

/** Take-off and landing between the two stands; left out where the file leaves no minute for them. */
function fly(row: DayRow, { offBlockAt, inBlockAt, key }: Stay): Pick<Flown, 'takeOffAt' | 'landedAt'> {
  const minutes = (inBlockAt - offBlockAt) / MINUTE
  if (minutes < 4) return {}
  const taxi = row.airTime === undefined || row.airTime > minutes - 2 ? guessTaxi(key, minutes) : minutes - row.airTime
  const out = Math.min(Math.max(1, Math.round(taxi * 0.65)), LONGEST_TAXI_OUT, Math.floor(minutes) - 2)
  const air = row.airTime !== undefined && row.airTime <= minutes - 2 ? row.airTime : Math.round(minutes - taxi)
  const takeOffAt = offBlockAt + out * MINUTE
  return { takeOffAt, landedAt: Math.min(takeOffAt + Math.max(1, air) * MINUTE, inBlockAt - MINUTE) }
}

function guessTaxi(key: string, minutes: number): number {
  return Math.min(pick(`${key}|taxi`, [14, 26]), Math.floor(minutes / 2))
}

function divert(
  key: string,
  { offBlockAt, block }: { readonly offBlockAt: Instant; readonly block: number },
): Pick<Flown, 'takeOffAt' | 'divertedAt'> {
  return {
    takeOffAt: offBlockAt + pick(`${key}|taxi`, [9, 17]) * MINUTE,
    divertedAt: offBlockAt + (block + pick(`${key}|diverted`, [20, 55])) * MINUTE,
  }
}
