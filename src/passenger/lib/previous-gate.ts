import type { PublicHistoryEntry } from '../../shared/api/public-change.ts'

/** The gate that passengers may still be waiting at: the one before the present gate, if there was one. */
export function previousGate(entries: readonly PublicHistoryEntry[], gate: string | undefined): string | undefined {
  const last = entries.findLast(({ fields }) => fields.gate?.to !== undefined)?.fields.gate
  const { from, to } = last ?? {}
  return gate !== undefined && to === gate && typeof from === 'string' ? from : undefined
}
