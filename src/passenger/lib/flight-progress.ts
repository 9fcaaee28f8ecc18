import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import { arrivalTime, hasLeft } from './flight-times.ts'

/**
 * How much of the way is behind it, from 0 at the gate to 1 at the destination; a guess from the times while it flies.
 * @param now - operational clock
 */
export function flightProgress(flight: PublicDeparture, now: number): number {
  if (flight.landedAt || flight.inBlockAt) return 1
  const start = Date.parse(flight.takeOffAt ?? flight.offBlockAt ?? '')
  const end = Date.parse(arrivalTime(flight)?.at ?? '')
  if (!hasLeft(flight) || !(end > start)) return 0
  return Math.min(0.97, Math.max(0.03, (now - start) / (end - start)))
}
