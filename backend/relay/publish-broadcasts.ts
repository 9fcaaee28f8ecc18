import { encodeBroadcastSent } from '../../src/shared/events/broadcast-sent.ts'
import type { RelayParts } from './parts.ts'
import type { RelayMetrics } from './relay-metrics.ts'

// A broadcast to a whole day of departures is some 25 kB; a hundred of them stay far below a broker's limits.
const BATCH = 100

/**
 * Publishes one batch of broadcasts: log, then mark.
 * @returns whether there may be more
 */
export async function publishBroadcasts(parts: RelayParts, metrics: RelayMetrics): Promise<boolean> {
  const { broadcasts } = parts.stores
  const waiting = await broadcasts.unpublished(BATCH)
  if (waiting.length === 0) return false
  await parts.log.append('broadcasts', waiting.map(encodeBroadcastSent))
  await broadcasts.markPublished(waiting.map(({ id }) => id))
  metrics.published.inc({ topic: 'broadcasts' }, waiting.length)
  return waiting.length === BATCH
}
