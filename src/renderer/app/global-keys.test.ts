import { expect, test } from 'vitest'
import { globalIntent } from './global-keys.ts'

const press = (key: string, isTaken = false, hasModifier = false) => globalIntent({ key, isTaken, hasModifier })

test.each([
  ['/', 'search'],
  ['n', 'now'],
  ['?', 'help'],
  ['u', 'time'],
  ['s', 'system'],
  ['q', undefined],
])('%s means %s', (key, intent) => {
  expect(press(key)).toBe(intent)
})

test('a key that is typed somewhere, or held with a modifier, means nothing', () => {
  expect(press('n', true)).toBeUndefined()
  expect(press('n', false, true)).toBeUndefined()
})
