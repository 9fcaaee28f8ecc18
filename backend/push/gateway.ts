import type { Backlog } from './backlog.ts'
import type { CatchUp } from './catch-up.ts'
import type { Client } from './client.ts'
import type { Delivery } from './delivery.ts'
import type { Followers } from './followers.ts'
import type { Link, LinkTotals } from './link.ts'
import type { PushLimits, PushParts } from './parts.ts'
import type { PushMetrics } from './push-metrics.ts'
import type { Rota } from './rota.ts'
import type { Silence } from './silence.ts'
import type { Snapshots } from './snapshots.ts'

/** Everything the parts of the gateway share. */
export interface Gateway {
  readonly parts: PushParts
  readonly limits: PushLimits
  readonly metrics: PushMetrics
  readonly totals: LinkTotals
  readonly followers: Followers
  readonly delivery: Delivery
  readonly backlog: Backlog<Link>
  readonly snapshots: Snapshots
  /** All open sockets, in the order of their last signs of life. */
  readonly clients: Set<Client>
  readonly rota: Rota
  readonly silence: Silence
  readonly catchUp: CatchUp
}
