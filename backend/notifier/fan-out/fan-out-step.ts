import type { NotifierContext } from '../context.ts'
import { fanOutNotice } from './fan-out-notice.ts'

const LIMIT = 20

/** What the step of fanning out needs beside the notifier's parts. */
export interface FanOutOptions {
  readonly isSender: () => boolean
  /** Called when deliveries wait to be sent. */
  readonly onQueued: () => void
}

/**
 * Makes the step of the loop that fans out, oldest notice first.
 * @returns a step that says whether there may be more to do
 */
export function createFanOutStep(context: NotifierContext, options: FanOutOptions): () => Promise<boolean> {
  return async () => {
    if (!options.isSender()) return false
    const pending = await context.stores.notices.pendingFanOut(context.clock.wall(), LIMIT)
    for (const sequenced of pending) {
      if (!options.isSender()) return false
      await fanOutNotice(context, sequenced)
      options.onQueued()
    }
    return pending.length === LIMIT
  }
}
