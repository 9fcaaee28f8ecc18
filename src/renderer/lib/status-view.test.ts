import { expect, test } from 'vitest'
import { statuses } from '../../shared/domain/status.ts'
import { statusView } from './status-view.ts'

test('every status has its own words', () => {
  expect(new Set(statuses.map((status) => statusView(status).label)).size).toBe(statuses.length)
})

test('what stops a journey alarms', () => {
  expect(statusView('CANCELLED').tone).toBe('alarm')
  expect(statusView('DIVERTED').tone).toBe('alarm')
  expect(statusView('SCHEDULED').tone).toBe('calm')
})
