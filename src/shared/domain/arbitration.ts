import { isSame } from '../lib/is-same.ts'
import type { FactsPatch } from './change.ts'
import type { Conflict, Departure } from './departure.ts'
import type { Instant } from './instant.ts'

/**
 * Decides what of a feed's news may enter a departure that people edit as well:
 * a manual estimate stands until an actual off-block time arrives, with the feed's differing estimate kept beside it;
 * movements reported for a manually cancelled departure raise a conflict and reinstate nothing by themselves.
 * @param departure - the present state
 * @param news - what the feed says
 * @param at - wall clock, for the conflict
 * @returns the patch to apply, possibly empty
 */
export function arbitrateFeed(departure: Departure, news: FactsPatch, at: Instant): FactsPatch {
  if (departure.cancelled && departure.sources.cancelled?.source === 'desk') return holdMovements(departure, news, at)
  if (news.offBlockAt) return { ...news, feedEstimatedAt: null }
  const isManual = departure.sources.estimatedAt?.source === 'desk' && departure.estimatedAt !== undefined
  if (!isManual || news.estimatedAt === undefined) return news
  const { estimatedAt, ...rest } = news
  return { ...rest, feedEstimatedAt: isSame(estimatedAt, departure.estimatedAt) ? null : estimatedAt }
}

function holdMovements(departure: Departure, news: FactsPatch, at: Instant): FactsPatch {
  if (!news.offBlockAt) return {}
  const conflict: Conflict = { kind: 'OFF_BLOCK_WHILE_CANCELLED', value: news.offBlockAt, source: 'feed', at }
  const known = departure.conflicts ?? []
  if (known.some((other) => other.kind === conflict.kind && other.value === conflict.value)) return {}
  return { conflicts: [...known, conflict] }
}
