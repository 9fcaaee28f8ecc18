import { expect, test } from 'vitest'
import type { FactChange } from '../../shared/domain/change.ts'
import { minute } from '../../testing/passenger/flights.ts'
import { previousGate } from './previous-gate.ts'

const history = (...gates: readonly (FactChange | undefined)[]) =>
  gates.map((gate, index) => ({
    id: `x:${index}`,
    revision: index + 1,
    at: minute(index),
    fields: gate ? { gate } : {},
  }))

test('the gate before the present one is named', () => {
  expect(previousGate(history({ to: 'B3' }, { from: 'B3', to: 'B12' }, undefined), 'B12')).toBe('B3')
})

test('a first gate has none before it', () => {
  expect(previousGate(history({ to: 'B3' }), 'B3')).toBeUndefined()
  expect(previousGate([], 'B3')).toBeUndefined()
})

test('a history that does not know the present gate yet is not believed', () => {
  expect(previousGate(history({ from: 'B3', to: 'B12' }), 'C1')).toBeUndefined()
})

test('without a gate there is nothing to compare', () => {
  expect(previousGate(history({ from: 'B3', to: 'B12' }, { from: 'B12' }), undefined)).toBeUndefined()
})
