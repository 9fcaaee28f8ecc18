import type { Timer } from '../../shared/ports/timer.ts'

/** The timers of the browser. */
export const browserTimer: Timer = {
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds)
    return () => clearTimeout(timer)
  },
  every(milliseconds, callback) {
    const timer = setInterval(callback, milliseconds)
    return () => clearInterval(timer)
  },
}
