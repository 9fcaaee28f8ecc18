import { expect, test } from 'vitest'
import { isAllowed } from './permissions.ts'

const gateAtJfk = { name: 'gate', role: 'gate', stations: ['JFK'] } as const

test('a gate agent changes gates at their own station only', () => {
  expect(isAllowed(gateAtJfk, 'setGate', 'JFK')).toBe(true)
  expect(isAllowed(gateAtJfk, 'setGate', 'EWR')).toBe(false)
})

test('a cancellation needs more than a gate agent', () => {
  expect(isAllowed(gateAtJfk, 'cancel', 'JFK')).toBe(false)
  expect(isAllowed({ name: 'ops', role: 'ops', stations: ['*'] }, 'cancel', 'JFK')).toBe(true)
})

test('nobody signed in may do nothing', () => {
  expect(isAllowed(null, 'viewBoard', 'JFK')).toBe(false)
})
