import { dispatchBatch } from './dispatch-batch.ts'
import type { DispatchContext } from './dispatch-context.ts'
import { recoverAbandoned } from './recover-abandoned.ts'

/**
 * Makes the step of the sender's loop: settle what dead senders left behind, then send a batch. Both in one loop, so
 * that no attempt of this process can look abandoned.
 * @returns a step that says whether there may be more to do
 */
export function createDispatchStep(context: DispatchContext): () => Promise<boolean> {
  const lookEvery = (context.settings.leaseTtl ?? 5_000) / 5
  let nextLook = 0
  return async () => {
    if (!context.isSender()) {
      nextLook = 0
      return false
    }
    const now = context.clock.wall()
    if (now >= nextLook) {
      const hasMore = await recoverAbandoned(context)
      nextLook = hasMore ? 0 : now + lookEvery
    }
    return dispatchBatch(context)
  }
}
