import type { Timer } from '../../shared/ports/timer.ts'

/** Timers that a test lets go off. */
export interface ManualTimer extends Timer {
  /** Lets every waiting timer of this length go off once. */
  fire(milliseconds: number): void
  /** How many timers of this length wait. */
  waiting(milliseconds: number): number
}

/** Starts without any timer. */
export function manualTimer(): ManualTimer {
  const entries = new Set<{ readonly milliseconds: number; readonly callback: () => void }>()
  const add = (milliseconds: number, callback: () => void) => {
    const entry = { milliseconds, callback }
    entries.add(entry)
    return () => void entries.delete(entry)
  }
  const due = (milliseconds: number) => [...entries].filter((entry) => entry.milliseconds === milliseconds)
  return {
    every: add,
    after(milliseconds, callback) {
      const cancel = add(milliseconds, () => {
        cancel()
        callback()
      })
      return cancel
    },
    fire(milliseconds) {
      for (const { callback } of due(milliseconds)) callback()
    },
    waiting: (milliseconds) => due(milliseconds).length,
  }
}
