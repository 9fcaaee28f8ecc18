import type { Clock } from '../../shared/ports/clock.ts'
import type { Timer } from '../../shared/ports/timer.ts'

/** Both clocks from the machine: what runs where no day is replayed. */
export const systemClock: Clock = {
  wall: () => Date.now(),
  operational: () => Date.now(),
  rate: 1,
}

/** Timers of the machine. They never keep a process alive: what must run on holds a socket or a lease. */
export const systemTimer: Timer = {
  after(milliseconds, callback) {
    const handle = setTimeout(callback, milliseconds).unref()
    return () => clearTimeout(handle)
  },
  every(milliseconds, callback) {
    const handle = setInterval(callback, milliseconds).unref()
    return () => clearInterval(handle)
  },
}
