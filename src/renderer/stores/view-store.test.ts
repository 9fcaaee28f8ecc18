import { expect, test } from 'vitest'
import { createViewStore, type Memory } from './view-store.ts'

function createMemory(): Memory {
  const kept = new Map<string, string>()
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) }
}

test('station time is shown at first, and the choice is remembered', () => {
  const memory = createMemory()
  const first = createViewStore(memory)
  expect(first.getState().timeMode).toBe('local')
  first.setState({ timeMode: 'utc' })
  expect(createViewStore(memory).getState().timeMode).toBe('utc')
})

test('a filter of yesterday hides nothing today', () => {
  const memory = createMemory()
  createViewStore(memory).setState({ search: 'BOS', stations: ['JFK'] })
  expect(createViewStore(memory).getState()).toMatchObject({ search: '', stations: [] })
})
