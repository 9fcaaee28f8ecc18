import type { DepartureId } from '../../src/shared/domain/departure-id.ts'
import type { ExternalEdit } from '../../src/shared/ports/departure-store.ts'
import { judgeExternalEdit } from './external.ts'
import type { RelayParts } from './parts.ts'
import type { RelayMetrics } from './relay-metrics.ts'

/**
 * Adopts or puts back whatever others wrote into the store beside us.
 * @param among - departures to look at; all unless given
 */
export async function settleExternalEdits(
  parts: RelayParts,
  metrics: RelayMetrics,
  among?: readonly DepartureId[],
): Promise<void> {
  // What is legal in an edit that was partly put back is found by the second pass; what comes later, by the next scan.
  if (await settleAll(parts, metrics, among)) await settleAll(parts, metrics, among)
}

async function settleAll(
  parts: RelayParts,
  metrics: RelayMetrics,
  among: readonly DepartureId[] | undefined,
): Promise<boolean> {
  const edits = await parts.stores.departures.externalEdits(among)
  let hasRest = false
  for (const edit of edits) hasRest = (await settle(parts, metrics, edit)) || hasRest
  return hasRest
}

/** @returns whether a part of the edit is left to be looked at again */
async function settle(parts: RelayParts, metrics: RelayMetrics, edit: ExternalEdit): Promise<boolean> {
  const { clock, logger, stores } = parts
  const stamp = { source: 'external', at: clock.wall(), operationalAt: clock.operational() } as const
  const verdict = judgeExternalEdit(edit, stamp)
  const { id } = edit.departure
  if (verdict.outcome === 'restore') {
    logger.warn({ departure: id, problems: verdict.problems }, 'an external edit is put back')
    await stores.departures.restore(verdict.edit)
    metrics.external.inc({ outcome: 'restored' })
    return verdict.edit.names.length < edit.names.length
  }
  const { outcome } = await stores.departures.adopt(edit, verdict.amendment)
  logger.info({ departure: id, names: edit.names, outcome }, 'an external edit')
  metrics.external.inc({ outcome: outcome === 'committed' ? 'adopted' : outcome })
  // Edited meanwhile: what it is based on now has to be read. A full outbox takes longer and waits for the scan of all.
  return outcome === 'stale'
}
