import type { Instant } from '../../../src/shared/domain/instant.ts'
import type { Clock } from '../../../src/shared/ports/clock.ts'

/** Which operational moment belongs to which wall moment, and how fast it goes on from there. */
export interface Anchor {
  readonly wallAt: Instant
  readonly operationalAt: Instant
  /** Operational seconds per wall second; 0 stands still and is moved by what is played. */
  readonly rate: number
}

/** The operational clock of a replayed day. */
export interface ReplayClock extends Clock {
  /** Sets it to another mapping. */
  anchor(anchor: Anchor): void
  /** Moves a clock that stands still on to a moment; never back. */
  reach(operationalAt: Instant): void
}

/**
 * Makes the operational clock of a replayed day. It follows from the wall clock by a mapping that survives a restart,
 * so a process that was away comes back to the time it would have reached.
 * @param wall - the wall clock
 */
export function createReplayClock(wall: () => Instant, start: Anchor): ReplayClock {
  let current = start
  const operational = () => current.operationalAt + Math.round((wall() - current.wallAt) * current.rate)
  return {
    wall,
    operational,
    get rate() {
      return current.rate
    },
    anchor(anchor) {
      current = anchor
    },
    reach(operationalAt) {
      if (current.rate === 0 && operationalAt > current.operationalAt) current = { ...current, operationalAt }
    },
  }
}
