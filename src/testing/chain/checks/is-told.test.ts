import { describe, expect, test } from 'vitest'
import { MINUTE } from '../../../shared/domain/instant.ts'
import { departure, NOON } from '../../fixtures/departure.ts'
import { isTold } from './is-told.ts'

const about = departure()
const late = (minutes: number) => ({ estimatedAt: about.scheduledAt + minutes * MINUTE })
const gate = { gate: 'B12' }

describe('isTold', () => {
  test.each([
    ['nothing happened', gate, about],
    ['under 15 minutes', gate, departure(late(14))],
    ['a told delay that moved by 14 minutes', { ...gate, ...late(40) }, departure(late(54))],
    ['a told cancellation', { ...gate, cancelled: true as const }, departure({ cancelled: { at: NOON }, ...late(90) })],
    ['an early estimate', gate, departure(late(-30))],
    ['an open delay', { ...gate, nextInformationAt: NOON }, departure({ nextInformationAt: NOON + MINUTE })],
  ])('%s leaves nothing to tell', (_name, known, present) => {
    expect(isTold(known, present)).toBe(true)
  })

  test.each([
    ['15 minutes', gate, departure(late(15))],
    ['a delay that is over', { ...gate, ...late(15) }, about],
    ['another gate', gate, departure({ gate: 'C7' })],
    ['a cancellation', gate, departure({ cancelled: { at: NOON } })],
    ['a reinstatement', { ...gate, cancelled: true as const }, about],
    ['an open delay', gate, departure({ nextInformationAt: NOON })],
    ['a firm time after an open delay', { ...gate, nextInformationAt: NOON }, departure(late(5))],
  ])('%s has to be told', (_name, known, present) => {
    expect(isTold(known, present)).toBe(false)
  })
})
