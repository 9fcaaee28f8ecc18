import type { EmbeddedDatabase } from './database.ts'

/** Waits for writes without missing one that comes between looking and waiting. */
export interface Wake extends Disposable {
  /** Resolves at the next write since the last wait, after `milliseconds`, or when `signal` is aborted. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>
}

interface WakeState {
  hasWritten: boolean
  resume: (() => void) | undefined
}

/** A wake-up call of one reader. */
export function createWake(database: EmbeddedDatabase): Wake {
  const state: WakeState = { hasWritten: false, resume: undefined }
  const end = database.onWrite(() => {
    state.hasWritten = true
    state.resume?.()
  })
  return {
    async wait(milliseconds, signal) {
      if (!state.hasWritten && !signal.aborted) await sleep(state, milliseconds, signal)
      state.hasWritten = false
    },
    [Symbol.dispose]: end,
  }
}

function sleep(state: WakeState, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => state.resume?.(), milliseconds).unref()
    const resume = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', resume)
      state.resume = undefined
      resolve()
    }
    state.resume = resume
    signal.addEventListener('abort', resume, { once: true })
  })
}
