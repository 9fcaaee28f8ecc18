import type { NoticeOutcome } from '../../../src/shared/domain/notice-policy.ts'
import type { ToldState } from '../../../src/shared/ports/notice-stores.ts'
import type { NotifierContext } from '../context.ts'

/**
 * Writes what was decided: notices, decisions, states, in this order. Each write is harmless when repeated, and until
 * the state is written the same events lead to the same notices, so a crash anywhere in between loses and doubles
 * nothing.
 */
export async function keepOutcomes(context: NotifierContext, outcomes: readonly NoticeOutcome[]): Promise<void> {
  const { notices } = context.stores
  for (const { notice, next } of outcomes) {
    if (notice) await notices.put(notice, next.sequence)
    await context.breathe()
  }
  const decisions = outcomes.map(({ decision }) => decision)
  if (decisions.length > 0) await notices.saveDecisions(decisions)
  const latest = new Map<string, ToldState>(outcomes.map(({ next }) => [next.departureId, next]))
  for (const state of latest.values()) {
    await notices.saveState(state)
    await context.breathe()
  }
  context.figures.decided(decisions)
}
