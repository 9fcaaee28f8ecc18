import type { Breather } from './breathe.ts'
import type { NotifierMetrics } from './metrics.ts'
import type { NotifierParts } from './parts.ts'

/** What the stages of the notifier share. */
export interface NotifierContext extends NotifierParts {
  readonly figures: NotifierMetrics
  /** Shared by all stages, so that together they hold the event loop no longer than each may alone. */
  readonly breathe: Breather
  /** Names this process among those that share the stores. */
  readonly owner: string
}
