import { describe, expect, test } from 'vitest'
import type { Departure } from '../../../shared/domain/departure.ts'
import { HOUR, MINUTE } from '../../../shared/domain/instant.ts'
import { boardDeparture } from '../../../testing/fixtures/board-departure.ts'
import { selectForWall, toWallRow } from './wall-rows.ts'

const base = boardDeparture({ terminal: '5' })
const now = base.scheduledAt - 30 * MINUTE

function selected(overrides: Partial<Departure>, station: string | null = null): boolean {
  return selectForWall([{ ...base, ...overrides }], station, now).length > 0
}

describe('the wall shows', () => {
  test('the departures of its station, or of all', () => {
    expect(selected({}, 'JFK')).toBe(true)
    expect(selected({}, 'EWR')).toBe(false)
    expect(selected({}, null)).toBe(true)
  })

  test('who has left for a moment', () => {
    expect(selected({ offBlockAt: now - 5 * MINUTE })).toBe(true)
    expect(selected({ offBlockAt: now - 6 * MINUTE })).toBe(false)
    expect(selected({ takeOffAt: now - 6 * MINUTE })).toBe(false)
  })

  test('who is late for as long as they stand there', () => {
    expect(selected({ scheduledAt: now - 9 * HOUR })).toBe(true)
  })

  test('a cancellation until half an hour after the schedule', () => {
    expect(selected({ cancelled: { at: 1 }, scheduledAt: now - 30 * MINUTE })).toBe(true)
    expect(selected({ cancelled: { at: 1 }, scheduledAt: now - 31 * MINUTE })).toBe(false)
  })

  test('nothing of tomorrow', () => {
    expect(selected({ scheduledAt: now + 12 * HOUR })).toBe(true)
    expect(selected({ scheduledAt: now + 13 * HOUR })).toBe(false)
  })

  test('who leaves next first, whatever the schedule says', () => {
    const late = { ...base, id: 'late', scheduledAt: base.scheduledAt - HOUR, estimatedAt: base.scheduledAt + MINUTE }
    const gone = { ...late, id: 'gone', cancelled: { at: 1 } }
    const later = { ...base, id: 'later' }
    const order = selectForWall([late, later, base, gone], null, now).map(({ id }) => id)
    expect(order).toEqual(['gone', base.id, 'later', 'late'])
  })
})

describe('a row', () => {
  const row = (overrides: Partial<Departure> = {}) => toWallRow({ ...base, ...overrides }, 'local')

  test('of a punctual flight is short', () => {
    expect(row()).toMatchObject({
      ...{ time: '14:05', estimate: '', flight: 'B6 739', destination: 'BOS', gate: 'B3', note: '' },
      status: { label: 'Scheduled' },
    })
  })

  test('of a late one has the time that counts, the delay, its codes and the remark', () => {
    const estimatedAt = base.scheduledAt + 25 * MINUTE
    const delays = [{ scheme: 'AHM730', code: '93', minutes: 25 }] as const
    expect(row({ estimatedAt, delays, remark: 'late crew' })).toMatchObject({
      estimate: '14:30',
      note: '+25  93 · late crew',
      status: { label: 'Delayed' },
    })
  })

  test('of a delay without a firm time says when more is known', () => {
    expect(row({ nextInformationAt: base.scheduledAt + HOUR })).toMatchObject({ estimate: 'info 15:05', note: 'open' })
  })

  test('of a cancelled one has no other time', () => {
    expect(row({ cancelled: { at: 1 }, estimatedAt: base.scheduledAt + HOUR })).toMatchObject({
      estimate: '',
      note: '',
    })
  })

  test('of a diverted one names both places, and one without a gate says so', () => {
    expect(row({ diverted: { at: 1, airport: 'BWI' } }).destination).toBe('BOS ⤳ BWI')
    const { gate: _gate, ...gateless } = base
    expect(toWallRow(gateless, 'local').gate).toBe('–')
  })

  test('has its times in UTC where that was chosen', () => {
    expect(toWallRow(base, 'utc').time).toBe('19:05')
  })
})
