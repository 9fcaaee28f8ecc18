import { setImmediate } from 'node:timers/promises'
import type { Log } from '../../src/shared/ports/log.ts'
import type { Timer } from '../../src/shared/ports/timer.ts'

/** Work that is done again and again. */
export interface LoopOptions {
  readonly name: string
  /** Does a little, and says whether there may be more. */
  readonly step: () => Promise<boolean>
  /** Milliseconds before it looks again without being woken. */
  readonly pause: number
  readonly timer: Timer
  readonly logger: Log
}

/** A running loop. */
export interface Loop {
  /** There may be something to do. */
  wake(): void
  /** The last failure, where the step after it has not succeeded since. */
  failure(): string | undefined
  /** Starts no further step. */
  stop(): void
  /** Resolves when stopped and the last step has ended. */
  readonly ended: Promise<void>
}

// After a failure: long enough not to hammer a store that is down, short enough that nobody notices the recovery.
const PAUSE_AFTER_FAILURE = 1_000

interface LoopState {
  isRunning: boolean
  isWoken: boolean
  failure: string | undefined
  resume: (() => void) | undefined
}

/** Starts a loop; between two steps everything else in the process gets its turn. */
export function startLoop(options: LoopOptions): Loop {
  const state: LoopState = { isRunning: true, isWoken: false, failure: undefined, resume: undefined }
  return {
    wake() {
      state.isWoken = true
      state.resume?.()
    },
    failure: () => state.failure,
    stop() {
      state.isRunning = false
      state.resume?.()
    },
    ended: run(options, state),
  }
}

async function run(options: LoopOptions, state: LoopState): Promise<void> {
  while (state.isRunning) {
    state.isWoken = false
    const hasMore = await tryStep(options, state)
    if (state.failure !== undefined) await sleep(PAUSE_AFTER_FAILURE, options.timer, state)
    else if (hasMore) await setImmediate()
    else if (!state.isWoken) await sleep(options.pause, options.timer, state)
  }
}

async function tryStep({ name, step, logger }: LoopOptions, state: LoopState): Promise<boolean> {
  try {
    const hasMore = await step()
    state.failure = undefined
    return hasMore
  } catch (error) {
    state.failure = error instanceof Error ? error.message : 'unknown'
    logger.error({ part: 'notifier', loop: name, err: error }, 'a step failed and is tried again')
    return false
  }
}

function sleep(milliseconds: number, timer: Timer, state: LoopState): Promise<void> {
  if (!state.isRunning) return Promise.resolve()
  return new Promise((resolve) => {
    const wakeUp = () => {
      cancel()
      state.resume = undefined
      resolve()
    }
    const cancel = timer.after(milliseconds, wakeUp)
    state.resume = wakeUp
  })
}
