import { decidePending } from '../../../src/shared/domain/notice-policy.ts'
import type { NotifierContext } from '../context.ts'
import type { DecisionLock } from './decision-lock.ts'
import { keepOutcomes } from './keep-outcomes.ts'

const LIMIT = 100

/**
 * Decides what is told at the end of the windows for merging that are over. When they end is stored, so they outlive
 * restarts.
 * @returns whether somebody is to be told
 */
export async function decideDue(context: NotifierContext, lock: DecisionLock): Promise<boolean> {
  const { stores, clock } = context
  // Looking needs no lock, and mostly nothing is due.
  if ((await stores.notices.dueStates(clock.wall(), 1)).length === 0) return false
  return lock(async () => {
    const now = clock.wall()
    const due = await stores.notices.dueStates(now, LIMIT)
    const outcomes = due.flatMap((state) => decidePending(state, now, clock.operational()) ?? [])
    await keepOutcomes(context, outcomes)
    return outcomes.some(({ notice }) => notice)
  })
}
