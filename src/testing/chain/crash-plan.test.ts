import { expect, test } from 'vitest'
import { paceOf, planLives } from './crash-plan.ts'
import { createRandom } from './random.ts'

const plan = (mode: 'embedded' | 'connected', kills: number) => planLives({ mode, kills }, createRandom(4))

test('a plan is repeated by its seed and has a life per kill', () => {
  expect(plan('embedded', 50)).toEqual(plan('embedded', 50))
  expect(plan('embedded', 50)).toHaveLength(50)
})

test('lives differ: some end while starting up, others after sending', () => {
  const lengths = plan('embedded', 50).map(({ length }) => length)
  expect(Math.min(...lengths)).toBeLessThan(500)
  expect(Math.max(...lengths)).toBeGreaterThan(2_000)
})

test('connected, broker and store are each killed once in five lives, and are back before the backend is killed', () => {
  const outages = plan('connected', 5).filter(({ outage }) => outage)
  expect(outages.map(({ outage }) => outage?.server)).toEqual(['kafka', 'mongo'])
  for (const { outage, length } of outages) {
    expect((outage?.after ?? 0) + (outage?.length ?? 0)).toBeLessThan(length)
  }
  expect(plan('embedded', 5).some(({ outage }) => outage)).toBe(false)
})

test('desks rest so long that the edits last through all lives', () => {
  expect(paceOf([{ length: 4_000, pause: 0, end: { on: 'any', after: 0 } }], { desks: 2, edits: 100 })).toBe(80)
})

test('some end while an edit is on its way, some right after one, some whenever it is', () => {
  expect(new Set(plan('embedded', 50).map(({ end }) => end.on))).toEqual(new Set(['sent', 'accepted', 'any']))
})
