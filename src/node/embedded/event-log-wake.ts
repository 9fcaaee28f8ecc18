import type { EmbeddedDatabase } from './database.ts'

/** Waits for writes without missing one that comes between looking and waiting. */
export interface Wake extends Disposable {
  /** Resolves at the next write since the last wait, when the wake's patience is over, or when its signal is aborted. */
  wait(): Promise<void>
}

/**
 * A wake-up call of one reader.
 * @param patience - milliseconds that one wait lasts at most
 */
export function createWake(database: EmbeddedDatabase, patience: number, signal: AbortSignal): Wake {
  let hasWritten = false
  let resume: (() => void) | undefined
  const end = database.onWrite(() => {
    hasWritten = true
    resume?.()
  })
  // One of each for all waits: several times a second, to make and to remove them costs more than the waiting.
  const timer = setTimeout(() => resume?.(), patience).unref()
  const abort = () => resume?.()
  signal.addEventListener('abort', abort)
  return {
    async wait() {
      if (!hasWritten && !signal.aborted) {
        await new Promise<void>((resolve) => {
          resume = resolve
          timer.refresh()
        })
        resume = undefined
      }
      hasWritten = false
    },
    [Symbol.dispose]() {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      end()
    },
  }
}
