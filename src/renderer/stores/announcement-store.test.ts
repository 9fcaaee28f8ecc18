import { expect, test } from 'vitest'
import { announce, createAnnouncementStore, dismiss } from './announcement-store.ts'

test('an announcement stands until it is put away', () => {
  const store = createAnnouncementStore()
  announce(store, 'problem', 'first')
  announce(store, 'info', 'second')
  const [first] = store.getState().items
  dismiss(store, first?.id ?? 0)
  expect(store.getState().items.map(({ text }) => text)).toEqual(['second'])
})

test('the same words are not repeated', () => {
  const store = createAnnouncementStore()
  announce(store, 'problem', 'same')
  announce(store, 'problem', 'same')
  expect(store.getState().items).toHaveLength(1)
})

test('only the last few stand at once', () => {
  const store = createAnnouncementStore()
  for (let index = 1; index <= 9; index += 1) announce(store, 'info', `number ${index}`)
  expect(store.getState().items.map(({ text }) => text)).toEqual(['number 6', 'number 7', 'number 8', 'number 9'])
})
