import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amendment, feedStamp } from '../../testing/fixtures/amendment.ts'
import { departure, NOON } from '../../testing/fixtures/departure.ts'
import { amend, create, type FactsPatch } from './change.ts'
import { HOUR, MINUTE } from './instant.ts'

const std = NOON + 2 * HOUR
const at = (minutes: number) => std + minutes * MINUTE

const patches: fc.Arbitrary<FactsPatch> = fc.record(
  {
    gate: fc.option(fc.constantFrom('B1', 'B2', 'B3')),
    estimatedAt: fc.option(fc.integer({ min: 0, max: 200 }).map((minutes) => std + minutes * MINUTE)),
    cancelled: fc.option(fc.constant({ at: std })),
    delays: fc.option(fc.constant([{ scheme: 'AHM730' as const, code: '93', minutes: 20 }])),
  },
  { requiredKeys: [] },
)

const { id, carrier, number, suffix, originDate, origin, originZone, destination, codeshares, demo } = departure()
const leg = { id, carrier, number, suffix, originDate, origin, originZone, destination, codeshares, demo }

describe('create', () => {
  test('makes revision 1 with an origin for every fact', () => {
    const { next, change } = create(leg, { scheduledAt: std, gate: 'B3' }, feedStamp())
    expect(next).toMatchObject({ revision: 1, gate: 'B3', updatedAt: NOON })
    expect(Object.keys(next.sources).sort()).toEqual(['gate', 'scheduledAt'])
    expect(change).toMatchObject({ id: `${id}:1`, revision: 1, fields: { gate: { to: 'B3' } } })
  })

  test('a leg created twice is the same amendment', () => {
    expect(create(leg, { scheduledAt: std }, feedStamp())).toEqual(create(leg, { scheduledAt: std }, feedStamp()))
  })
})

describe('amend', () => {
  test('changes what is named and leaves the rest', () => {
    const before = departure()
    const { next, change, previous } = amendment(before, { gate: 'C1' }, { at: at(1) })
    expect(previous).toBe(before)
    expect(next).toEqual({
      ...before,
      gate: 'C1',
      revision: 2,
      updatedAt: at(1),
      sources: { ...before.sources, gate: { source: 'desk', at: at(1), by: 'gwen' } },
    })
    expect(change.fields).toEqual({ gate: { from: 'B12', to: 'C1' } })
  })

  test('null clears a fact so that it is absent, not empty', () => {
    const { next, change } = amendment(departure(), { gate: null })
    expect('gate' in next).toBe(false)
    expect(change.fields).toEqual({ gate: { from: 'B12' } })
  })

  test('the same values change nothing', () => {
    fc.assert(
      fc.property(patches, (patch) => {
        const once = amend(departure(), patch, feedStamp())
        expect(amend(once?.next ?? departure(), patch, feedStamp())).toBeUndefined()
      }),
    )
  })

  test('the revision rises by one and old values stand in the change', () => {
    fc.assert(
      fc.property(fc.array(patches, { maxLength: 8 }), (steps) => {
        let now = departure()
        for (const patch of steps) {
          const made = amend(now, patch, feedStamp())
          if (!made) continue
          expect(made.next.revision).toBe(now.revision + 1)
          for (const [name, sides] of Object.entries(made.change.fields)) {
            expect(sides.from).toEqual(Reflect.get(now, name))
            expect(sides.to).toEqual(Reflect.get(made.next, name))
          }
          now = made.next
        }
      }),
    )
  })

  test('identity, sources and revision cannot be patched', () => {
    // What a careless caller might send: names that are no facts.
    const patch: FactsPatch = JSON.parse('{"id":"X","revision":99,"gate":"B9"}')
    const { change } = amendment(departure(), patch)
    expect(Object.keys(change.fields)).toEqual(['gate'])
  })

  test('carries the public reason of the new state and the mark of history', () => {
    const delays = [{ scheme: 'AHM730' as const, code: '71', minutes: 30 }]
    const { change } = amendment(departure(), { delays, estimatedAt: at(30) }, { historical: true })
    expect(change).toMatchObject({ reason: 'WEATHER', historical: true })
  })
})
