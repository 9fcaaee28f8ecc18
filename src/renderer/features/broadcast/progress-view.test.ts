import { expect, test } from 'vitest'
import { progressView } from './progress-view.ts'

const none = { queued: 0, attempting: 0, sent: 0, delivered: 0, failed: 0, suppressed: 0, uncertain: 0 }

test('a broadcast without deliveries yet has not begun', () => {
  expect(progressView({ deliveries: none, passengers: 200 })).toMatchObject({ percent: 0, isDone: false, parts: [] })
})

test('it goes on while anything is queued or being sent', () => {
  const view = progressView({ deliveries: { ...none, queued: 40, attempting: 10, sent: 150 }, passengers: 200 })
  expect(view).toMatchObject({ total: 200, settled: 150, percent: 75, isDone: false })
  expect(view.parts.map(({ label, count }) => `${count} ${label}`)).toEqual(['40 queued', '10 being sent', '150 sent'])
})

test('all that are settled are not all while deliveries are still being made', () => {
  expect(progressView({ deliveries: { ...none, sent: 50 }, passengers: 200 }).isDone).toBe(false)
})

test('it is done when everybody has an end, good or bad', () => {
  const deliveries = { ...none, delivered: 190, failed: 5, suppressed: 4, uncertain: 1 }
  expect(progressView({ deliveries, passengers: 200 })).toMatchObject({ percent: 100, isDone: true })
})

test('confirmed followers may make it more than the passengers counted', () => {
  expect(progressView({ deliveries: { ...none, sent: 210, queued: 1 }, passengers: 200 })).toMatchObject({
    total: 211,
    percent: 99,
    isDone: false,
  })
})

test('nobody to tell is done at once', () => {
  expect(progressView({ deliveries: none, passengers: 0 })).toMatchObject({ percent: 100, isDone: true })
})
