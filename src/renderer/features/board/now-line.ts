import type { Departure } from '../../../shared/domain/departure.ts'
import type { Instant } from '../../../shared/domain/instant.ts'

/**
 * The row above which the line "now" is drawn: the first that is scheduled from now on.
 * @param rows - as they are shown, by schedule
 * @returns `undefined` when all of them lie in the past
 */
export function findNowRow(rows: readonly Departure[], operational: Instant): Departure | undefined {
  let from = 0
  let to = rows.length
  while (from < to) {
    const middle = (from + to) >> 1
    const row = rows[middle]
    if (row && row.scheduledAt < operational) from = middle + 1
    else to = middle
  }
  return rows[from]
}
