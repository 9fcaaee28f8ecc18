import { describe, expect, test } from 'vitest'
import type { Departure } from '../../../src/shared/domain/departure.ts'
import { departure } from '../../../src/testing/fixtures/departure.ts'
import { sampleDay, sampleReference } from '../../../src/testing/fixtures/real-days.ts'
import { withFreeIds } from './free-ids.ts'
import { planDay } from './plan-day.ts'

const plan = planDay(sampleDay('2013-03-08').slice(0, 5), sampleReference(), { today: '2026-11-20' })
// The first row of the snow day, to Ponce.
const ID = 'B6739-2026-11-20-JFK'

function among(...present: readonly Departure[]): readonly string[] {
  const known = new Map(present.map((one) => [one.id, one]))
  return withFreeIds(plan, known).departures.map(({ identity }) => identity.id)
}

describe('withFreeIds', () => {
  test('leaves a plan alone that meets nobody, or only its own departures', () => {
    expect(withFreeIds(plan, new Map())).toBe(plan)
    expect(among(departure({ id: ID, destination: 'PSE', demo: true }))[0]).toBe(ID)
  })

  test('a replayed flight that goes elsewhere keeps its id; the new one gets the next', () => {
    const foreign = departure({ id: ID, destination: 'BOS', demo: true })
    const renamed = withFreeIds(plan, new Map([[ID, foreign]]))

    expect(renamed.departures[0]?.identity.id).toBe(`${ID}.2`)
    expect(renamed.events.some(({ departureId }) => departureId === ID)).toBe(false)
    expect(renamed.events.filter(({ departureId }) => departureId === `${ID}.2`)).toHaveLength(
      plan.events.filter(({ departureId }) => departureId === ID).length,
    )
  })

  test('is the same again once the renamed one is there, and goes further past another stranger', () => {
    const foreign = departure({ id: ID, destination: 'BOS', demo: true })
    const own = departure({ id: `${ID}.2`, destination: 'PSE', demo: true })
    const second = departure({ id: `${ID}.2`, destination: 'LAX', demo: true })

    expect(among(foreign, own)[0]).toBe(`${ID}.2`)
    expect(among(foreign, second)[0]).toBe(`${ID}.3`)
  })

  test('a real departure keeps its id and is nobody to step aside for', () => {
    expect(among(departure({ id: ID, destination: 'BOS', demo: false }))[0]).toBe(ID)
  })
})
