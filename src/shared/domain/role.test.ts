import { describe, expect, test } from 'vitest'
import { type Action, type Actor, assertAllowed, canPerform, leastRole, roles } from './role.ts'

const actor = (role: Actor['role'], ...stations: string[]): Actor => ({ name: 'ana', role, stations })

describe('roles', () => {
  test('a higher role may do all that a lower one may', () => {
    // Reason for the cast: the keys of this constant are the actions.
    for (const action of Object.keys(leastRole) as Action[]) {
      const allowed = roles.map((role) => canPerform(role, action))
      expect(allowed).toEqual([...allowed].sort())
      expect(canPerform('admin', action)).toBe(true)
    }
  })

  test('a gate agent may not cancel, and is told who may', () => {
    expect(() => assertAllowed(actor('gate', '*'), 'cancel', 'JFK')).toThrow(
      expect.objectContaining({ code: 'FL_FORBIDDEN', message: 'Your role gate may not do this; ask a ops.' }),
    )
  })

  test('another station is refused, all stations and the own one are not', () => {
    expect(() => assertAllowed(actor('admin', 'EWR', 'LGA'), 'setGate', 'JFK')).toThrow(
      expect.objectContaining({ code: 'FL_STATION_FOREIGN' }),
    )
    expect(() => assertAllowed(actor('gate', 'JFK'), 'setGate', 'JFK')).not.toThrow()
    expect(() => assertAllowed(actor('gate', '*'), 'setGate', 'JFK')).not.toThrow()
  })

  test('nobody without stations reaches any', () => {
    expect(() => assertAllowed(actor('admin'), 'setGate', 'JFK')).toThrow(
      expect.objectContaining({ code: 'FL_STATION_FOREIGN' }),
    )
  })
})
