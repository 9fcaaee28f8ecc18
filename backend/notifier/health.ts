import type { PartHealth } from '../part.ts'
import type { NotifierContext } from './context.ts'

/** Group under which all notifiers read changes. */
export const CHANGE_GROUP = 'notifier'

/** Group under which all notifiers read broadcasts. */
export const BROADCAST_GROUP = 'notifier-broadcasts'

/** What the notifier knows of itself. */
export interface NotifierSelf {
  readonly isSender: boolean
  /** Names of its lanes whose last attempt failed. */
  readonly failing: readonly string[]
}

// Past this somebody should look: the longest wait that is meant, between two tries, is ten minutes.
const OLDEST_MEANT = 15 * 60_000

/** How far the notifier is behind, and what hinders it. */
export async function readHealth(context: NotifierContext, self: NotifierSelf): Promise<PartHealth> {
  const { log, stores, clock } = context
  const [changes, broadcasts, backlog] = await Promise.all([
    log.lag('flight_updates', CHANGE_GROUP),
    log.lag('broadcasts', BROADCAST_GROUP),
    stores.deliveries.backlog(),
  ])
  const age = backlog.oldestAt === undefined ? 0 : Math.max(0, clock.wall() - backlog.oldestAt)
  const isFailing = self.failing.length > 0
  return {
    status: isFailing || age > OLDEST_MEANT ? 'degraded' : 'ok',
    lag: changes + broadcasts,
    backlog: backlog.count,
    age,
    isSender: self.isSender,
    ...(isFailing && { failing: self.failing.join(' ') }),
  }
}
