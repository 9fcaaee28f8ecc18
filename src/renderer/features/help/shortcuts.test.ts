import { expect, test } from 'vitest'
import { boardDeparture } from '../../../testing/fixtures/board-departure.ts'
import { departureActions } from '../../lib/departure-actions.ts'
import { shortcutGroups } from './shortcuts.ts'

test('every key of an action on a row is in the help', () => {
  const listed = new Set(shortcutGroups.flatMap(({ shortcuts }) => shortcuts.flatMap(({ keys }) => keys)))
  const states = [
    boardDeparture(),
    boardDeparture({ boardingAt: 1 }),
    boardDeparture({ offBlockAt: 1 }),
    boardDeparture({ cancelled: { at: 1 } }),
  ]
  const keys = states.flatMap((departure) => departureActions(departure, null).map(({ key }) => key))
  expect(keys.filter((key) => !listed.has(key))).toEqual([])
})
