import type { NotifierMetrics } from './metrics.ts'
import type { NotifierParts } from './parts.ts'

/** What the stages of the notifier share. */
export interface NotifierContext extends NotifierParts {
  readonly figures: NotifierMetrics
  /** Names this process among those that share the stores. */
  readonly owner: string
}
