import type { Intent } from '../../shared/api/desktop-schemas.ts'

/** What is asked of one page, kept until the page takes it: it may not be loaded yet, or just be loading again. */
export interface IntentQueue {
  push(intent: Intent): void
  /** Everything that is asked from now on, and what waits. A page that takes anew ends the take before. */
  take(signal: AbortSignal): AsyncGenerator<Intent, void>
}

// A page that takes nothing for so long is not there; the oldest wishes are stale by then.
const MOST = 20

/** Creates a queue that is empty. */
export function createIntentQueue(): IntentQueue {
  const waiting: Intent[] = []
  let wake: () => void = () => undefined
  let turn = 0
  return {
    push(intent) {
      waiting.push(intent)
      if (waiting.length > MOST) waiting.shift()
      wake()
    },
    async *take(signal) {
      turn += 1
      const mine = turn
      wake()
      const stop = () => wake()
      signal.addEventListener('abort', stop)
      try {
        while (!signal.aborted && mine === turn) {
          const next = waiting.shift()
          if (next) yield next
          else
            await new Promise<void>((resolve) => {
              wake = resolve
            })
        }
      } finally {
        signal.removeEventListener('abort', stop)
      }
    },
  }
}
