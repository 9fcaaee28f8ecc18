import { DAY, MINUTE } from '../../../src/shared/domain/instant.ts'
import { addDays, localInstant } from '../../../src/shared/lib/zone-time.ts'
import type { DayRow } from './day-row.ts'

/** Minutes of a day. */
const WHOLE_DAY = DAY / MINUTE
const TAXI = 25
const SHORTEST_BLOCK = 10
/** Statute miles per minute in the air, and minutes for taxiing, climb and approach. */
const CRUISE = 7.8
const OVERHEAD = 40

/** Where the two ends of a flight lie in time. */
export interface BlockEnds {
  readonly originZone: string
  readonly destinationZone?: string | undefined
  /** Scheduled local date of departure in the file. */
  readonly date: string
}

/**
 * Minutes that the flight needs from stand to stand, judged from the air rather than from clocks.
 * @returns `undefined` when the row tells neither time in the air nor distance
 */
export function expectedBlock(row: Pick<DayRow, 'airTime' | 'distance'>): number | undefined {
  if (row.airTime !== undefined) return row.airTime + TAXI
  return row.distance === undefined ? undefined : OVERHEAD + row.distance / CRUISE
}

/**
 * The scheduled block in UTC minutes: between the two local clocks of the file on the file's own date, with the zones
 * and their summer time as they were then. The day of the arrival is not in the file, nor is the zone of an airport
 * that no reference has: days and zone hours are chosen so that the block fits the time in the air.
 */
export function scheduledBlock(row: DayRow, ends: BlockEnds): number {
  const expected = expectedSchedule(row)
  if (row.scheduledArrival === undefined) return Math.round(expected ?? OVERHEAD)
  if (ends.destinationZone === undefined) {
    // Zones lie whole hours apart almost everywhere, so the minutes of the two clocks can be kept.
    return nearest(row.scheduledArrival - row.scheduledDeparture, { step: 60, to: expected ?? OVERHEAD })
  }
  const departure = localInstant(ends.originZone, ends.date, row.scheduledDeparture)
  const blocks = [-1, 0, 1, 2].map((day) => blockUntil(row.scheduledArrival ?? 0, { ...ends, day, departure }))
  return closest(blocks, expected)
}

/** Minutes between two clock times that lie within half a day of each other. */
export function clockDelay(scheduled: number, actual: number): number {
  return nearest(actual - scheduled, { step: WHOLE_DAY, to: 0, least: Number.NEGATIVE_INFINITY })
}

/**
 * The delay of an arrival of which only the clock is known: the first time after departure at which the clock showed
 * it and the flight could have been there.
 * @param flight - scheduled block and delay of the departure, in minutes
 */
export function arrivalDelayByClock(row: DayRow, flight: { readonly block: number; readonly delay: number }): number {
  const { scheduledArrival, arrival } = row
  if (scheduledArrival === undefined || arrival === undefined) return flight.delay
  const soonest = flight.delay - flight.block + 0.6 * Math.min(flight.block, expectedBlock(row) ?? flight.block)
  const raw = arrival - scheduledArrival
  return raw + Math.ceil((soonest - raw) / WHOLE_DAY) * WHOLE_DAY
}

/** What the schedule must have allowed: the block flown, less what was lost or won between the two stands. */
function expectedSchedule(row: DayRow): number | undefined {
  const flown = expectedBlock(row)
  if (flown === undefined || row.arrivalDelay === undefined || row.departureDelay === undefined) return flown
  return flown - (row.arrivalDelay - row.departureDelay)
}

interface ArrivalDay extends BlockEnds {
  readonly day: number
  readonly departure: number
}

function blockUntil(clock: number, { destinationZone, date, day, departure }: ArrivalDay): number {
  return Math.round((localInstant(destinationZone ?? 'UTC', addDays(date, day), clock) - departure) / MINUTE)
}

function closest(blocks: readonly number[], expected: number | undefined): number {
  const possible = blocks.filter((block) => block >= SHORTEST_BLOCK)
  const distance = (block: number) => (expected === undefined ? block : Math.abs(block - expected))
  return possible.reduce((best, block) => (distance(block) < distance(best) ? block : best))
}

function nearest(
  value: number,
  { step, to, least = SHORTEST_BLOCK }: { readonly step: number; readonly to: number; readonly least?: number },
): number {
  const close = value + Math.round((to - value) / step) * step
  return close >= least ? close : close + Math.ceil((least - close) / step) * step
}
