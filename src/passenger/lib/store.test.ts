import { expect, test, vi } from 'vitest'
import { createStore } from './store.ts'

test('a listener hears of each new value until it unsubscribes', () => {
  const store = createStore(1)
  const listener = vi.fn()
  const end = store.subscribe(listener)

  store.set(2)
  end()
  store.set(3)

  expect(listener).toHaveBeenCalledTimes(1)
  expect(store.get()).toBe(3)
})

test('the same value again tells nobody', () => {
  const store = createStore('calm')
  const listener = vi.fn()
  store.subscribe(listener)

  store.set('calm')

  expect(listener).not.toHaveBeenCalled()
})

test('a listener that unsubscribes another one while it is told does no harm', () => {
  const store = createStore(1)
  const second = vi.fn()
  const ends: (() => void)[] = []
  store.subscribe(() => ends[0]?.())
  ends.push(store.subscribe(second))

  store.set(2)
  store.set(3)

  expect(second).toHaveBeenCalledTimes(1)
})
