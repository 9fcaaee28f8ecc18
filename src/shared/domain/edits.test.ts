import { describe, expect, test } from 'vitest'
import { amendment } from '../../testing/fixtures/amendment.ts'
import { departure, NOON } from '../../testing/fixtures/departure.ts'
import type { DelayReason } from './delay-reason.ts'
import {
  editBoarding,
  editCancellation,
  editDelay,
  editDiversion,
  editEstimate,
  editGate,
  editMovement,
  editReinstatement,
} from './edits.ts'
import { HOUR, MINUTE } from './instant.ts'

const std = NOON + 2 * HOUR
const at = (minutes: number) => std + minutes * MINUTE

const reason = (code: string, minutes: number): DelayReason => ({ scheme: 'AHM730', code, minutes })
const code = (name: string) => expect.objectContaining({ code: name })
const offBlock = departure({ offBlockAt: at(20) })
const cancelled = departure({ cancelled: { at: at(-60), reason: 'WEAT' } })

describe('editGate', () => {
  test('normalizes, clears with null and leaves what is not named', () => {
    expect(editGate(departure(), { gate: ' b12 ' })).toEqual({ gate: 'B12' })
    expect(editGate(departure(), { gate: null, stand: '7a' })).toEqual({ gate: null, stand: '7A' })
  })

  test('is refused once the aircraft has left or the flight is cancelled', () => {
    expect(() => editGate(offBlock, { gate: 'B4' })).toThrow(code('FL_TRANSITION_INVALID'))
    expect(() => editGate(cancelled, { gate: 'B4' })).toThrow(code('FL_TRANSITION_INVALID'))
  })
})

describe('editDelay', () => {
  test('counts from the schedule, so a repeated edit changes nothing', () => {
    const edit = { delay: { minutes: 25 }, reasons: [reason('93', 25)] }
    const once = amendment(departure(), editDelay(departure(), edit)).next
    expect(once.estimatedAt).toBe(at(25))
    expect(editDelay(once, edit)).toMatchObject({ estimatedAt: at(25) })
  })

  test('zero clears estimate, reasons and promises', () => {
    const delayed = departure({ estimatedAt: at(25), delays: [reason('93', 25)], nextInformationAt: at(10) })
    expect(editDelay(delayed, { delay: { minutes: 0 }, reasons: [] })).toEqual({
      estimatedAt: null,
      nextInformationAt: null,
      feedEstimatedAt: null,
      delays: null,
    })
  })

  test('no firm time takes the estimate away and promises information', () => {
    const edit = { delay: { nextInformationAt: at(30) }, reasons: [], remark: 'waiting for crew' }
    expect(editDelay(departure({ estimatedAt: at(25) }), edit)).toEqual({
      nextInformationAt: at(30),
      estimatedAt: null,
      delays: null,
      remark: 'waiting for crew',
    })
  })

  test('after off-block the reasons account for the actual delay and the estimate stays', () => {
    expect(editDelay(offBlock, { delay: { minutes: 20 }, reasons: [reason('93', 20)] })).toEqual({
      delays: [reason('93', 20)],
    })
    expect(() => editDelay(offBlock, { delay: { minutes: 25 }, reasons: [reason('93', 25)] })).toThrow(
      code('FL_DELAY_SUM'),
    )
    expect(() => editDelay(offBlock, { delay: { nextInformationAt: at(30) }, reasons: [] })).toThrow(
      code('FL_TRANSITION_INVALID'),
    )
  })

  test('a remark given earlier serves for code 99', () => {
    const remarked = departure({ remark: 'bees at the door' })
    expect(editDelay(remarked, { delay: { minutes: 20 }, reasons: [reason('99', 20)] })).toMatchObject({
      delays: [reason('99', 20)],
    })
  })

  test('a cancelled departure has no delay', () => {
    expect(() => editDelay(cancelled, { delay: { minutes: 20 }, reasons: [] })).toThrow(code('FL_TRANSITION_INVALID'))
  })
})

describe('editEstimate', () => {
  test('drops reasons that no longer add up and keeps those that do', () => {
    const delayed = departure({ estimatedAt: at(25), delays: [reason('93', 25)] })
    expect(editEstimate(delayed, at(40))).toMatchObject({ estimatedAt: at(40), delays: null })
    expect('delays' in editEstimate(delayed, at(25))).toBe(false)
    expect(editEstimate(delayed, null)).toMatchObject({ estimatedAt: null, delays: null })
  })

  test('refuses slips of the keyboard by days', () => {
    expect(() => editEstimate(departure(), at(48 * 60 + 1))).toThrow(/more than 48 hours after the schedule/)
    expect(() => editEstimate(departure(), at(-12 * 60 - 1))).toThrow(code('FL_ESTIMATE_INVALID'))
    expect(() => editEstimate(offBlock, at(10))).toThrow(code('FL_TRANSITION_INVALID'))
  })
})

describe('cancel and reinstate', () => {
  test('undo each other', () => {
    const edit = { at: at(-60), reason: 'WEAT' as const, remark: 'snow' }
    const gone = amendment(departure(), editCancellation(departure(), edit)).next
    expect(gone).toMatchObject({ cancelled: { at: at(-60), reason: 'WEAT' }, remark: 'snow' })
    const back = amendment(gone, editReinstatement(gone, at(90))).next
    expect(back.cancelled).toBeUndefined()
    expect(back.estimatedAt).toBe(at(90))
  })

  test('refuse what has left, what is cancelled already and what is not cancelled', () => {
    const edit = { at: std, reason: 'WEAT' as const }
    expect(() => editCancellation(offBlock, edit)).toThrow(code('FL_CANCELLATION_INVALID'))
    expect(() => editCancellation(cancelled, edit)).toThrow(code('FL_TRANSITION_INVALID'))
    expect(() => editReinstatement(departure(), undefined)).toThrow(code('FL_REINSTATEMENT_INVALID'))
  })
})

describe('boarding and movements', () => {
  test('each stage sets its own fact, null takes it back', () => {
    expect(editBoarding(departure(), 'BOARDING', at(-30))).toEqual({ boardingAt: at(-30) })
    expect(editBoarding(departure(), 'FINAL_CALL', at(-10))).toEqual({ finalCallAt: at(-10) })
    expect(editBoarding(departure(), 'GATE_CLOSED', null)).toEqual({ gateClosedAt: null })
    expect(() => editBoarding(offBlock, 'BOARDING', at(30))).toThrow(code('FL_TRANSITION_INVALID'))
  })

  test('off-block, take-off and return come in order', () => {
    expect(editMovement(departure(), 'OFF_BLOCK', at(3))).toMatchObject({ offBlockAt: at(3) })
    expect(editMovement(offBlock, 'TAKE_OFF', at(30))).toEqual({ takeOffAt: at(30) })
    expect(() => editMovement(departure(), 'TAKE_OFF', at(30))).toThrow(code('FL_TRANSITION_INVALID'))
    expect(() => editMovement(offBlock, 'OFF_BLOCK', at(30))).toThrow(code('FL_TRANSITION_INVALID'))
    expect(() => editMovement(departure(), 'RETURNED', at(30))).toThrow(code('FL_TRANSITION_INVALID'))
    expect(() => editMovement(cancelled, 'OFF_BLOCK', at(30))).toThrow(code('FL_TRANSITION_INVALID'))
  })

  test('times that only a slip can give are refused, wherever they are given', () => {
    const days = (count: number) => at(count * 24 * 60)
    expect(() => editMovement(departure(), 'OFF_BLOCK', days(-2))).toThrow(code('FL_TIME_INVALID'))
    expect(() => editMovement(departure(), 'OFF_BLOCK', days(5))).toThrow(/more than 96 hours after the schedule/)
    expect(() => editMovement(offBlock, 'TAKE_OFF', at(19))).toThrow(/before off-block/)
    expect(() => editMovement(offBlock, 'RETURNED', at(19))).toThrow(code('FL_TIME_INVALID'))
    expect(() => editBoarding(departure(), 'BOARDING', 0)).toThrow(code('FL_TIME_INVALID'))
    const open = { delay: { nextInformationAt: 0 }, reasons: [] }
    expect(() => editDelay(departure(), open)).toThrow(code('FL_TIME_INVALID'))
  })

  test('a return undoes off-block and boarding', () => {
    const returned = amendment(offBlock, editMovement(offBlock, 'RETURNED', at(35))).next
    expect(returned).toMatchObject({ returnedAt: at(35) })
    expect(returned.offBlockAt).toBeUndefined()
  })

  test('only what is under way diverts', () => {
    const flying = departure({ offBlockAt: at(3), takeOffAt: at(15) })
    expect(editDiversion(flying, 'BOS', at(60))).toEqual({ diverted: { airport: 'BOS', at: at(60) } })
    expect(() => editDiversion(departure(), 'BOS', at(60))).toThrow(code('FL_TRANSITION_INVALID'))
    expect(() => editDiversion(departure({ offBlockAt: at(3), inBlockAt: at(200) }), 'BOS', at(260))).toThrow(
      code('FL_TRANSITION_INVALID'),
    )
  })
})
