import { describe, expect, test } from 'vitest'
import type { HistoryEntry } from '../../../shared/api/schemas.ts'
import { isUnfinished, toHistoryItems } from './history-view.ts'

const at = Date.parse('2026-11-20T18:00:00Z')
const context = { zone: 'America/New_York', mode: 'local' } as const
const none = { queued: 0, attempting: 0, sent: 0, delivered: 0, failed: 0, suppressed: 0, uncertain: 0 }

function entry(overrides: Partial<HistoryEntry['change']> = {}, rest: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    change: {
      id: 'B6739-2026-11-20-JFK:8',
      departureId: 'B6739-2026-11-20-JFK',
      revision: 8,
      source: 'desk',
      at,
      operationalAt: at,
      by: { name: 'anna', role: 'gate' },
      fields: { gate: { from: 'B3', to: 'B12' } },
      ...overrides,
    },
    ...rest,
  }
}

describe('a history', () => {
  test('says who, when, what, old and new', () => {
    expect(toHistoryItems([entry()], context)).toEqual([
      {
        id: 'B6739-2026-11-20-JFK:8',
        revision: 8,
        when: '13:00 EST',
        who: 'anna (gate)',
        isByPerson: true,
        fields: [{ label: 'Gate', from: 'B3', to: 'B12' }],
        deliveries: [],
      },
    ])
  })

  test('shows the newest first', () => {
    const items = toHistoryItems([entry({ revision: 1 }), entry({ revision: 2 })], context)
    expect(items.map(({ revision }) => revision)).toEqual([2, 1])
  })

  test('tells what was decided and whom it reached', () => {
    const decision = { outcome: 'told', reason: 'gate changed' } as const
    const [item] = toHistoryItems([entry({}, { decision, deliveries: { ...none, sent: 120, failed: 2 } })], context)
    expect(item?.decision).toBe('Passengers told: gate changed')
    expect(item?.deliveries).toEqual(['120 sent', '2 failed'])
  })

  test('does not say the outcome twice', () => {
    const decision = { outcome: 'told', reason: 'told: gate' } as const
    expect(toHistoryItems([entry({}, { decision })], context)[0]?.decision).toBe('Passengers told: gate')
  })

  test('names the source where nobody did it by hand', () => {
    const { by, ...change } = entry({ source: 'feed', historical: true }).change
    expect(toHistoryItems([{ change }], context)[0]).toMatchObject({
      who: 'Feed, before the start of the day',
      isByPerson: false,
    })
  })

  test('adds the operational time on a replayed day', () => {
    const operationalAt = Date.parse('2026-11-20T19:30:00Z')
    expect(toHistoryItems([entry({ operationalAt })], context)[0]?.operational).toBe('14:30 EST')
  })

  test('shows the absent side of a first value', () => {
    const fields = { gate: { to: 'B12' } }
    expect(toHistoryItems([entry({ fields })], context)[0]?.fields[0]?.from).toBe('none')
  })
})

describe('a history is asked for again', () => {
  const decision = { outcome: 'told', reason: '' } as const

  test('while a decision or a delivery is open', () => {
    expect(isUnfinished([entry()], 8)).toBe(true)
    expect(isUnfinished([entry({}, { decision, deliveries: { ...none, queued: 1 } })], 8)).toBe(true)
  })

  test('until the change of the shown revision is in it', () => {
    expect(isUnfinished([entry({ historical: true })], 9)).toBe(true)
    expect(isUnfinished([], 1)).toBe(true)
  })

  test('not when all is settled, or before the day began', () => {
    expect(isUnfinished([entry({}, { decision, deliveries: { ...none, sent: 3 } })], 8)).toBe(false)
    expect(isUnfinished([entry({ historical: true })], 8)).toBe(false)
    expect(isUnfinished([], 0)).toBe(false)
  })
})
