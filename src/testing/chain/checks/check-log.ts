import type { LoggedChange } from '../read-log.ts'
import type { RunRecord } from '../run-record.ts'

/** What the log holds, as a consumer sees it that drops repeated ids. */
export interface LogVerdict {
  /** One line each. */
  readonly problems: readonly string[]
  /** Records that only repeat an id. */
  readonly repeats: number
}

/**
 * Promise 2: every revision is on the log at least once, and in order per departure once repetitions are dropped.
 */
export function checkLog({ log, departures }: Pick<RunRecord, 'log' | 'departures'>): LogVerdict {
  const kept = dropRepetitions(log)
  const byDeparture = Map.groupBy(kept, ({ departureId }) => departureId)
  const problems = [...departures].flatMap(([id, { final }]) => {
    const found = (byDeparture.get(id) ?? []).map(({ revision }) => revision).join(' ')
    const expected = Array.from({ length: final.revision }, (_, index) => index + 1).join(' ')
    return found === expected ? [] : [`${id} is on the log as ${found}, not ${expected}`]
  })
  return { problems, repeats: log.length - kept.length }
}

function dropRepetitions(log: readonly LoggedChange[]): readonly LoggedChange[] {
  const seen = new Set<string>()
  return log.filter(({ id }) => !seen.has(id) && seen.add(id))
}
