import { expect, test } from 'vitest'
import type { Alert, Attention } from '../../shared/api/desktop-schemas.ts'
import { manualTimer } from '../../testing/twins/manual-timer.ts'
import { createAttention, LOST_AFTER } from './attention.ts'

const calm: Attention = { phase: 'live', waiting: 0, conflicts: 0, failed: 0 }
const conflict: Alert = {
  kind: 'conflict',
  title: 'B6 739',
  text: 'changed by somebody else',
  departureId: 'B6739-2026-11-20-JFK',
}
const lost: Alert = { kind: 'lost', title: 'Connection lost', text: 'changes wait' }

function openBench() {
  const timer = manualTimer()
  const shown: string[] = []
  const opened: Alert[] = []
  const state: { now: number; isFocused: boolean; badge: number; click: () => void } = {
    ...{ now: 0, isFocused: false, badge: -1 },
    click: () => undefined,
  }
  const attention = createAttention({
    ...{ timer, now: () => state.now, isAnyFocused: () => state.isFocused, open: (alert) => opened.push(alert) },
    badge: (count) => {
      state.badge = count
    },
    notify: ({ title }, clicked) => {
      shown.push(title)
      state.click = clicked
    },
  })
  return { timer, shown, opened, state, attention }
}

test('the badge is the sum over all pages, and a closed page counts no more', () => {
  const { attention, state } = openBench()
  attention.report(1, { ...calm, waiting: 2, conflicts: 1 })
  attention.report(2, { ...calm, failed: 1 })
  expect(state.badge).toBe(4)
  attention.forget(1)
  expect(state.badge).toBe(1)
  expect(attention.read()).toEqual({ waiting: 0, conflicts: 0, failed: 1 })
})

test('who looks at a window is not notified', () => {
  const { attention, shown, state } = openBench()
  state.isFocused = true
  attention.alert(1, conflict)
  expect(shown).toEqual([])
})

test('a click opens what it was about', () => {
  const { attention, opened, state } = openBench()
  attention.alert(1, conflict)
  state.click()
  expect(opened).toEqual([conflict])
})

test('of each kind there is one in half a minute', () => {
  const { attention, shown, state } = openBench()
  attention.alert(1, conflict)
  attention.alert(1, conflict)
  attention.alert(1, { ...conflict, kind: 'failed', title: 'refused' })
  expect(shown).toEqual(['B6 739', 'refused'])
  state.now = 30_000
  attention.alert(2, conflict)
  expect(shown).toHaveLength(3)
})

test('a connection counts as lost when it is still lost after ten seconds', () => {
  const { attention, shown, timer } = openBench()
  attention.report(1, { ...calm, phase: 'reconnecting' })
  attention.alert(1, lost)
  attention.report(1, calm)
  timer.fire(LOST_AFTER)
  expect(shown).toEqual([])
  attention.report(1, { ...calm, phase: 'reconnecting' })
  attention.alert(1, lost)
  timer.fire(LOST_AFTER)
  expect(shown).toEqual(['Connection lost'])
})
