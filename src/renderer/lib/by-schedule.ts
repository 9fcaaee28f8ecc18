import type { Departure } from '../../shared/domain/departure.ts'

/** The order of boards: by schedule, and by name where two leave at the same time. */
export function bySchedule(left: Departure, right: Departure): number {
  return left.scheduledAt - right.scheduledAt || (left.id < right.id ? -1 : left.id > right.id ? 1 : 0)
}
