import { describe, expect, test } from 'vitest'
import { boardDeparture } from '../../testing/fixtures/board-departure.ts'
import { actionForKey, departureActions } from './departure-actions.ts'

const ops = { name: 'ops', role: 'ops', stations: ['*'] } as const
const gate = { name: 'gate', role: 'gate', stations: ['JFK'] } as const
const atStand = boardDeparture()
const taxiing = boardDeparture({ offBlockAt: 1 })
const airborne = boardDeparture({ offBlockAt: 1, takeOffAt: 2 })
const cancelled = boardDeparture({ cancelled: { at: 1 } })

const ids = (departure = atStand) => departureActions(departure, ops).map(({ id }) => id)

describe('what can be done', () => {
  test('at the stand: gate, delay, estimate, boarding, off-block, cancellation', () => {
    expect(ids()).toEqual([
      ...['gate', 'delay', 'estimate', 'boarding', 'final-call', 'gate-closed', 'off-block', 'cancel', 'history'],
    ])
  })

  test('while taxiing: reasons, take-off, return, diversion', () => {
    expect(ids(taxiing)).toEqual(['delay', 'take-off', 'return', 'divert', 'history'])
  })

  test('in the air: reasons and diversion', () => {
    expect(ids(airborne)).toEqual(['delay', 'divert', 'history'])
  })

  test('once cancelled: only to reinstate', () => {
    expect(ids(cancelled)).toEqual(['reinstate', 'history'])
  })

  test('the last boarding mark can be taken back', () => {
    const called = boardDeparture({ boardingAt: 1, finalCallAt: 2 })
    const action = departureActions(called, gate).find(({ id }) => id === 'take-back')
    expect(action?.effect).toEqual({ kind: 'command', body: { kind: 'markBoarding', stage: 'FINAL_CALL', at: null } })
  })

  test('no two actions of one departure share a key', () => {
    for (const departure of [atStand, taxiing, airborne, cancelled]) {
      const keys = departureActions(departure, ops).map(({ key }) => key)
      expect(new Set(keys).size).toBe(keys.length)
    }
  })
})

describe('who can do it', () => {
  test('a gate agent sees the cancellation, with the reason why not', () => {
    const action = departureActions(atStand, gate).find(({ id }) => id === 'cancel')
    expect(action?.disabledBecause).toBe('Your role may not do this.')
  })

  test('at another station only reading is left', () => {
    const newark = { ...gate, stations: ['EWR'] }
    const allowed = departureActions(atStand, newark).filter(({ disabledBecause }) => !disabledBecause)
    expect(allowed.map(({ id }) => id)).toEqual(['history'])
    expect(departureActions(atStand, newark)[0]?.disabledBecause).toBe('You are signed in for EWR.')
  })

  test('a key chooses only what may be done', () => {
    expect(actionForKey(atStand, gate, 'e')?.id).toBe('estimate')
    expect(actionForKey(atStand, gate, 'x')).toBeUndefined()
    expect(actionForKey(atStand, ops, 'x')?.id).toBe('cancel')
    expect(actionForKey(atStand, null, 'e')).toBeUndefined()
  })
})
