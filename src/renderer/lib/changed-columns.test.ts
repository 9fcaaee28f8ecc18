import { expect, test } from 'vitest'
import { MINUTE } from '../../shared/domain/instant.ts'
import { boardDeparture } from '../../testing/fixtures/board-departure.ts'
import { changedColumns } from './changed-columns.ts'

const before = boardDeparture()

test('a new gate shows in the gate column alone', () => {
  expect(changedColumns(before, { ...before, gate: 'B12', revision: 8 })).toEqual(['gate'])
})

test('a large delay shows in estimate, delay and status', () => {
  const late = { ...before, estimatedAt: before.scheduledAt + 45 * MINUTE }
  expect(changedColumns(before, late)).toEqual(['estimate', 'delay', 'status'])
})

test('new reasons for the same delay show in the delay column', () => {
  const coded = { ...before, delays: [{ scheme: 'AHM730', code: '93', minutes: 20 }] as const }
  expect(changedColumns(before, coded)).toEqual(['delay'])
})

test('a conflict shows in the status column', () => {
  const conflicts = [{ kind: 'OFF_BLOCK_WHILE_CANCELLED', value: 1, source: 'feed', at: 2 }] as const
  expect(changedColumns(before, { ...before, conflicts })).toEqual(['status'])
})

test('a diversion shows at the destination and in the status', () => {
  expect(changedColumns(before, { ...before, diverted: { at: 1 } })).toEqual(['destination', 'status'])
})

test('a revision that changes nothing visible marks nothing', () => {
  expect(changedColumns(before, { ...before, revision: 8, updatedAt: 1 })).toEqual([])
})
