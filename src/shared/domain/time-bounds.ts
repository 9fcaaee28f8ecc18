import type { FactName } from './departure.ts'
import { HOUR, type Instant } from './instant.ts'

interface Bounds {
  /** Hours before and after the schedule. */
  readonly before: number
  readonly after: number
}

// Two days late is a retime, half a day early a slip of the keyboard; both would reach passengers at once.
const ESTIMATE: Bounds = { before: 12, after: 48 }

// A flight that really went lies at most a delay and a long flight after its schedule.
const ACTUAL: Bounds = { before: 24, after: 96 }

// A cancellation may be known weeks ahead.
const CANCELLATION: Bounds = { before: Number.POSITIVE_INFINITY, after: 96 }

/**
 * How much too far from the schedule a time lies to be anything but a slip, whoever gives it.
 * @returns e.g. `12 hours before`, to be followed by "the schedule"; `undefined` for a time that may be right
 */
export function exceededBound(name: FactName, at: Instant, scheduledAt: Instant): string | undefined {
  const { before, after } = boundsOf(name)
  if (at < scheduledAt - before * HOUR) return `${before} hours before`
  return at > scheduledAt + after * HOUR ? `${after} hours after` : undefined
}

function boundsOf(name: FactName): Bounds {
  if (name === 'estimatedAt') return ESTIMATE
  return name === 'cancelled' ? CANCELLATION : ACTUAL
}
