import type { DayPlan } from '../../../../backend/ingest/replay/day-plan.ts'
import type { DayRow } from '../../../../backend/ingest/replay/day-row.ts'
import type { Departure } from '../../../shared/domain/departure.ts'
import { MINUTE } from '../../../shared/domain/instant.ts'

/** A real day, how it is laid over today, and what became of it. */
export interface PlayedDay {
  readonly rows: readonly DayRow[]
  /** The departures of the plan stand in the order of the rows. */
  readonly plan: Pick<DayPlan, 'departures'>
  readonly last: ReadonlyMap<string, Departure>
}

/**
 * The last known state of every row is that of the file, and no row is lost.
 * @returns problems, one line each
 */
export function checkDay({ rows, plan, last }: PlayedDay): readonly string[] {
  const lost = rows.length === last.size ? [] : [`${rows.length} rows made ${last.size} departures`]
  const differing = rows.flatMap((row, index) => {
    const departure = last.get(plan.departures[index]?.identity.id ?? '')
    if (!departure) return [`row ${index + 1} is on no board`]
    return compare(row, departure).map((fact) => `row ${index + 1}, ${departure.id}: ${fact} differs from the file`)
  })
  return [...lost, ...differing]
}

function compare(row: DayRow, departure: Departure): readonly string[] {
  const { scheduledAt, scheduledArrivalAt, offBlockAt, inBlockAt } = departure
  const checks: readonly (readonly [string, boolean])[] = [
    ['cancellation', (departure.cancelled !== undefined) === (row.departure === undefined)],
    ['off-block', minutes(scheduledAt, offBlockAt) === row.departureDelay],
    ['in-block', (inBlockAt !== undefined) === (row.arrival !== undefined)],
    ['arrival', row.arrivalDelay === undefined || minutes(scheduledArrivalAt, inBlockAt) === row.arrivalDelay],
  ]
  return checks.filter(([, holds]) => !holds).map(([fact]) => fact)
}

function minutes(from: number | undefined, to: number | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : (to - from) / MINUTE
}
