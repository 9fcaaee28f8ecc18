import type { AcceptedEdit } from '../desk.ts'
import type { DepartureRecord, RunRecord } from '../run-record.ts'

/**
 * Promise 1: what was accepted is in the store and in the history, at the revision that was promised, once, and nobody's
 * edit took the place of another.
 * @returns problems, one line each
 */
export function checkEdits({ accepted, departures }: Pick<RunRecord, 'accepted' | 'departures'>): readonly string[] {
  const byDeparture = Map.groupBy(accepted, ({ departureId }) => departureId)
  return [...departures].flatMap(([id, record]) => [
    ...checkRevisions(record),
    ...checkAccepted(record, byDeparture.get(id) ?? []),
  ])
}

function checkRevisions({ final, history }: DepartureRecord): readonly string[] {
  const found = history.map(({ revision }) => revision).join(' ')
  const expected = Array.from({ length: final.revision }, (_, index) => index + 1).join(' ')
  return found === expected ? [] : [`${final.id} has the revisions ${found} in its history, not ${expected}`]
}

function checkAccepted({ first, final, history }: DepartureRecord, accepted: readonly AcceptedEdit[]): string[] {
  const problems: string[] = []
  const made = final.revision - first.revision
  if (made !== accepted.length) problems.push(`${final.id} got ${made} edits, ${accepted.length} were accepted`)
  for (const { commandId, revision } of accepted) {
    const found = history.filter((change) => change.commandId === commandId).map((change) => change.revision)
    if (found.length === 1 && found[0] === revision) continue
    problems.push(`${final.id}: command ${commandId} was accepted as ${revision} and is in the history as [${found}]`)
  }
  return problems
}
