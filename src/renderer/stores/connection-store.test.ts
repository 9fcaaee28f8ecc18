import { expect, test } from 'vitest'
import { createConnectionStore, isPublishingStuck } from './connection-store.ts'

test('a console begins by connecting, as nobody', () => {
  expect(createConnectionStore().getState()).toMatchObject({ phase: 'connecting', actor: null, heardAt: undefined })
})

test('publishing is stuck when something waits for more than ten seconds', () => {
  expect(isPublishingStuck({ unpublished: 3, oldestAge: 10_001 })).toBe(true)
  expect(isPublishingStuck({ unpublished: 3, oldestAge: 10_000 })).toBe(false)
  expect(isPublishingStuck({ unpublished: 0, oldestAge: 60_000 })).toBe(false)
})
