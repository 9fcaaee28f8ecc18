import { describe, expect, test } from 'vitest'
import { amendment, creation } from '../../testing/fixtures/amendment.ts'
import { departure, NOON } from '../../testing/fixtures/departure.ts'
import { HOUR } from '../domain/instant.ts'
import { toPublicChange, toPublicHistoryEntry } from './public-change.ts'

describe('toPublicChange', () => {
  test('tells the old and the new value, and when; never who', () => {
    const { change } = amendment(departure({ gate: 'B12' }), { gate: 'C7' })

    expect(toPublicChange(change)).toEqual({
      fields: { gate: { from: 'B12', to: 'C7' } },
      at: '2026-11-20T12:00:00Z',
    })
  })

  test('on a replayed day tells the time of that day too', () => {
    const { change } = amendment(departure(), { gate: 'C7' }, { operationalAt: NOON + 3 * HOUR })

    expect(toPublicChange(change)).toMatchObject({ at: '2026-11-20T12:00:00Z', operationalAt: '2026-11-20T15:00:00Z' })
  })

  test('times are ISO 8601, and a side that was or is absent is absent', () => {
    const set = amendment(departure(), { estimatedAt: NOON + 3 * HOUR })
    const cleared = amendment(set.next, { estimatedAt: null })

    expect(toPublicChange(set.change).fields).toEqual({ estimatedAt: { to: '2026-11-20T15:00:00Z' } })
    expect(toPublicChange(cleared.change).fields).toEqual({ estimatedAt: { from: '2026-11-20T15:00:00Z' } })
  })

  test('of a cancellation and a diversion only the moment and the airport are public', () => {
    const cancelled = amendment(departure(), { cancelled: { at: NOON, reason: 'CREW' } })
    const diverted = amendment(departure(), { diverted: { at: NOON, airport: 'BOS' } })

    expect(toPublicChange(cancelled.change).fields).toEqual({ cancelled: { to: { at: '2026-11-20T12:00:00Z' } } })
    expect(toPublicChange(diverted.change).fields).toEqual({
      diverted: { to: { airport: 'BOS', at: '2026-11-20T12:00:00Z' } },
    })
  })

  test('a change of internal facts alone has no fields left', () => {
    const { change } = amendment(departure(), { remark: 'crew late, do not tell' })

    expect(toPublicChange(change).fields).toEqual({})
  })
})

test('an entry of a history is named by its change', () => {
  expect(toPublicHistoryEntry(creation().change)).toMatchObject({ id: 'B6739-2026-11-20-JFK:1', revision: 1 })
})
