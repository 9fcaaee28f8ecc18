import { expect, test } from 'vitest'
import { homeZone } from './home-zone.ts'

const zones = (...names: string[]) => names.map((originZone) => ({ originZone }))

test('the most frequent zone is home, the first of equals', () => {
  expect(homeZone(zones('A', 'B', 'B'))).toBe('B')
  expect(homeZone(zones('A', 'B'))).toBe('A')
  expect(homeZone([])).toBeUndefined()
})
