import { expect, test } from 'vitest'
import { connectionView, publishingText } from './connection-text.ts'

test('a line that was heard just now is live', () => {
  expect(connectionView({ phase: 'live', heardAt: 1_000 }, 3_000)).toEqual({ tone: 'live', label: 'Live' })
})

test('a silent line says for how long', () => {
  expect(connectionView({ phase: 'live', heardAt: 1_000 }, 9_000)).toEqual({ tone: 'late', label: 'Silent for 8 s' })
})

test('a lost line says how old the shown state is', () => {
  expect(connectionView({ phase: 'reconnecting', heardAt: 1_000 }, 13_500)).toEqual({
    tone: 'lost',
    label: 'Reconnecting, shown state is 12 s old',
  })
})

test('a state from before the page was loaded has its whole age', () => {
  expect(connectionView({ phase: 'reconnecting', heardAt: -7_500_000 }, 2_000).label).toBe(
    'Reconnecting, shown state is 2 h 5 min old',
  )
})

test('before anything was heard there is no age', () => {
  expect(connectionView({ phase: 'connecting', heardAt: undefined }, 99_000).label).toBe('Connecting')
})

test('the alarm counts and says what it means', () => {
  expect(publishingText({ unpublished: 1, oldestAge: 12_000 })).toMatch(/^1 change not published for 12 s/)
  expect(publishingText({ unpublished: 7, oldestAge: 90_000 })).toMatch(/^7 changes not published for 1 min/)
})
