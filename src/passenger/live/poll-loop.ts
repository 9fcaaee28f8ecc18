import type { Timer } from '../../shared/ports/timer.ts'
import { POLL_PAUSE } from './connection.ts'
import type { PollAnswer, Poller } from './live-parts.ts'

/** Asks again and again while it runs. */
export interface PollLoop {
  start(): void
  stop(): void
  /** Asks now instead of after the pause; nothing while stopped. */
  hurry(): void
}

/** Told what became of each poll. */
export interface PollListener {
  /**
   * Comes even when the loop was stopped meanwhile: the cursor has moved on, so what is in the answer comes only once.
   * @param isRunning - whether the loop is still what keeps the page up to date
   */
  answered(answer: PollAnswer, isRunning: boolean): void
  failed(): void
}

/** Makes a loop that is not running yet. One question at a time: two would race for the cursor. */
export function createPollLoop(parts: { poller: Poller; timer: Timer }, listener: PollListener): PollLoop {
  let cancel: () => void = () => undefined
  let isRunning = false
  let isAsking = false

  function schedule(pause: number): void {
    cancel()
    cancel = parts.timer.after(pause, () => void ask())
  }

  async function ask(): Promise<void> {
    if (isAsking) return
    isAsking = true
    const answer = await parts.poller.poll().catch(() => undefined)
    isAsking = false
    if (answer) listener.answered(answer, isRunning)
    else if (isRunning) listener.failed()
    if (isRunning) schedule(POLL_PAUSE)
  }

  return {
    start() {
      if (isRunning) return
      isRunning = true
      schedule(0)
    },
    stop() {
      isRunning = false
      cancel()
    },
    hurry: () => isRunning && schedule(0),
  }
}
