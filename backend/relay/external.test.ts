import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FactName } from '../../src/shared/domain/departure.ts'
import { DAY, HOUR } from '../../src/shared/domain/instant.ts'
import type { ExternalEdit } from '../../src/shared/ports/departure-store.ts'
import { departure, NOON } from '../../src/testing/fixtures/departure.ts'
import { judgeExternalEdit } from './external.ts'

const stamp = { source: 'external', at: NOON, operationalAt: NOON } as const
const base = departure()

function edit(found: Readonly<Record<string, unknown>>, names = Object.keys(found)): ExternalEdit {
  return { departure: base, found, names }
}

function judge(found: Readonly<Record<string, unknown>>, names?: string[]) {
  return judgeExternalEdit(edit(found, names), stamp)
}

describe('an external edit', () => {
  test.each<[FactName, unknown]>([
    ['gate', 'C7'],
    ['terminal', '1'],
    ['stand', 'A1'],
    ['estimatedAt', base.scheduledAt + 48 * HOUR],
    ['estimatedAt', base.scheduledAt - 12 * HOUR],
    ['boardingAt', NOON],
    ['offBlockAt', NOON],
    ['inBlockAt', base.scheduledAt + 2 * DAY],
    ['cancelled', { at: NOON }],
    ['cancelled', { at: NOON - 30 * DAY, reason: 'WEAT' }],
    ['diverted', { at: NOON, airport: 'BOS' }],
  ])('with a legal %s is adopted as one revision from source external', (name, value) => {
    const verdict = judge({ [name]: value })
    if (verdict.outcome !== 'adopt') throw new Error(JSON.stringify(verdict))
    const { change, next, previous } = verdict.amendment
    expect(previous).toBe(base)
    expect(next).toMatchObject({ revision: 2, [name]: value, sources: { [name]: { source: 'external' } } })
    expect(change).toMatchObject({ source: 'external', id: `${base.id}:2`, fields: { [name]: { to: value } } })
  })

  test.each([
    ['gate', 7],
    ['gate', 'b12'],
    ['gate', ''],
    ['gate', 'TOO-LONG-A-GATE'],
    ['gate', { $gt: '' }],
    ['estimatedAt', '2026-11-20T14:00:00Z'],
    ['estimatedAt', base.scheduledAt + 48 * HOUR + 1],
    ['estimatedAt', base.scheduledAt - 12 * HOUR - 1],
    ['estimatedAt', 0],
    ['estimatedAt', Number.NaN],
    ['estimatedAt', Number.POSITIVE_INFINITY],
    ['estimatedAt', 1.5],
    ['takeOffAt', base.scheduledAt + 5 * DAY],
    ['cancelled', true],
    ['cancelled', {}],
    ['cancelled', { at: NOON, reason: 'BECAUSE' }],
    ['cancelled', { at: NOON + 30 * DAY }],
    ['diverted', { airport: 'BOS' }],
  ])('with the illegal %s %j is put back', (name, value) => {
    expect(judge({ [name]: value })).toMatchObject({
      outcome: 'restore',
      edit: { names: [name] },
      problems: [{ name }],
    })
  })

  test.each(['scheduledAt', 'delays', 'remark', 'conflicts', 'feedEstimatedAt', 'aircraft', '__proto__', 'toString'])(
    'of %s is put back, since it is not open to others',
    (name) => {
      expect(judge({ [name]: NOON }, [name])).toMatchObject({
        outcome: 'restore',
        problems: [{ name, problem: 'not open to external writers' }],
      })
    },
  )

  test.each([[{}], [{ gate: null }], [{ gate: undefined }]])('that takes the gate away (%j) clears it', (found) => {
    const verdict = judge(found, ['gate'])
    if (verdict.outcome !== 'adopt') throw new Error(JSON.stringify(verdict))
    expect(verdict.amendment.next).not.toHaveProperty('gate')
    expect(verdict.amendment.change.fields).toEqual({ gate: { from: 'B12' } })
  })

  test('that only spells the same differently is put back without a revision', () => {
    expect(judge({ estimatedAt: null })).toMatchObject({ outcome: 'restore', edit: { names: ['estimatedAt'] } })
  })

  test('with legal and illegal fields is put back in its illegal part only', () => {
    const verdict = judge({ gate: 'C7', terminal: 5, stand: 'A1' })
    expect(verdict).toMatchObject({ outcome: 'restore', edit: { names: ['terminal'] } })
  })

  test('that cancels a departure which has left is put back', () => {
    const left = { ...edit({ cancelled: { at: NOON } }), departure: departure({ offBlockAt: NOON }) }
    expect(judgeExternalEdit(left, stamp)).toMatchObject({ problems: [{ problem: 'has left the stand' }] })
  })

  test('never names the value it refuses', () => {
    const verdict = judge({ gate: 'ada@example.com' })
    expect(JSON.stringify('problems' in verdict && verdict.problems)).not.toContain('ada')
  })

  test('of any kind is either adopted with one revision more or put back; nothing throws', () => {
    const names = fc.subarray(['gate', 'estimatedAt', 'cancelled', 'diverted', 'offBlockAt', 'delays', 'x'], {
      minLength: 1,
    })
    fc.assert(
      fc.property(names, fc.anything(), (chosen, value) => {
        const verdict = judge(Object.fromEntries(chosen.map((name) => [name, value])), chosen)
        if (verdict.outcome === 'adopt') expect(verdict.amendment.next.revision).toBe(2)
        else expect(verdict.edit.names.length).toBeGreaterThan(0)
      }),
    )
  })
})
