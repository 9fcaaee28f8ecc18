import { toPublicDeparture } from '../../../shared/api/public-departure.ts'
import { isSame } from '../../../shared/lib/is-same.ts'
import type { RunRecord } from '../run-record.ts'

/**
 * Promise 3: who followed through everything shows the final state of everything and never went back.
 * @returns problems, one line each
 */
export function checkScreens({ screens, departures }: Pick<RunRecord, 'screens' | 'departures'>): readonly string[] {
  return screens.flatMap((screen) => [
    ...screen.problems,
    ...[...departures].flatMap(([id, { final }]) => {
      const shown = screen.departures.get(id)
      if (shown && isSame({ ...shown }, { ...toPublicDeparture(final) })) return []
      return [`${id} is shown at revision ${shown?.revision ?? 'none'}, or otherwise than at ${final.revision}`]
    }),
  ])
}
