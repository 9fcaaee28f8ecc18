import { expect, test } from 'vitest'
import { placeName } from './place-name.ts'

const place = (name: string) => ({ ABC: { name } })

test.each([
  ['San Francisco Intl', 'San Francisco'],
  ['Albuquerque International Sunport', 'Albuquerque'],
  ['La Guardia', 'La Guardia'],
  ['Nantucket Mem', 'Nantucket'],
  ['Memphis Intl', 'Memphis'],
  ['Greater Rochester International Airport', 'Greater Rochester'],
])('%s is called %s', (name, called) => {
  expect(placeName(place(name), 'ABC')).toBe(called)
})

test('a place that no reference names is called by its code', () => {
  expect(placeName({}, 'SJU')).toBe('SJU')
})

test('a name that is made of common words only falls back to the code', () => {
  expect(placeName(place(' Intl'), 'ABC')).toBe('ABC')
})

test('a code like a property of every object is no place', () => {
  expect(placeName({}, 'constructor')).toBe('constructor')
})
