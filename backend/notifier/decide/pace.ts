import type { Timer } from '../../../src/shared/ports/timer.ts'

/** To be awaited before a piece of work: at once after a rest, a little later when the last piece was just now. */
export type Pace = () => Promise<void>

/**
 * Lets pieces of work begin no faster than one per `pause` milliseconds, so that what comes in between is done
 * together. The first after a rest waits for nothing.
 */
export function createPace(timer: Timer, pause: number): Pace {
  let next = performance.now()
  return async () => {
    const wait = next - performance.now()
    if (wait > 0) await new Promise<void>((resolve) => void timer.after(wait, resolve))
    next = performance.now() + pause
  }
}
