import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boardDeparture } from '../../../testing/fixtures/board-departure.ts'
import { bySchedule } from '../../lib/by-schedule.ts'
import { findNowRow } from './now-line.ts'

const at = (scheduledAt: number, id = `X${scheduledAt}`) => ({ ...boardDeparture(), id, scheduledAt })

test('the line lies above the first departure from now on', () => {
  const rows = [at(10), at(20), at(20, 'Y20'), at(30)]
  expect(findNowRow(rows, 15)).toBe(rows[1])
  expect(findNowRow(rows, 20)).toBe(rows[1])
  expect(findNowRow(rows, 21)).toBe(rows[3])
  expect(findNowRow(rows, 5)).toBe(rows[0])
})

test('after the last departure, and on an empty board, there is no line', () => {
  expect(findNowRow([at(10)], 11)).toBeUndefined()
  expect(findNowRow([], 11)).toBeUndefined()
})

test('it is found as a slow search would find it', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50)), fc.nat(50), (times, now) => {
      const rows = times.map((time, index) => at(time, `id${index}`)).sort(bySchedule)
      expect(findNowRow(rows, now)).toBe(rows.find(({ scheduledAt }) => scheduledAt >= now))
    }),
  )
})

test('departures at the same time keep a stable order', () => {
  expect([at(1, 'b'), at(1, 'a'), at(0, 'c')].sort(bySchedule).map(({ id }) => id)).toEqual(['c', 'a', 'b'])
  expect(bySchedule(at(1), at(1))).toBe(0)
})
