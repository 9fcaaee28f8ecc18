import { ORPCError } from '@orpc/client'
import { describe, expect, test } from 'vitest'
import { boardDeparture } from '../../testing/fixtures/board-departure.ts'
import { RequestFailure, toRequestFailure } from './request-failure.ts'

describe('toRequestFailure', () => {
  test('a stale command brings the present departure', () => {
    const departure = boardDeparture({ gate: 'C1', revision: 9 })
    const failure = toRequestFailure(new ORPCError('FL_DEPARTURE_STALE', { message: 'stale', data: { departure } }))
    expect(failure).toMatchObject({ kind: 'stale', departure: { gate: 'C1', revision: 9 } })
  })

  test('a stale answer without a readable departure is a refusal, not a guess', () => {
    const failure = toRequestFailure(new ORPCError('FL_DEPARTURE_STALE', { message: 'stale', data: { departure: {} } }))
    expect(failure).toMatchObject({ kind: 'refused', message: 'stale' })
  })

  test('a refusal keeps the words of the server', () => {
    const failure = toRequestFailure(new ORPCError('FL_GATE_INVALID', { message: '"?" is not a gate' }))
    expect(failure).toMatchObject({ kind: 'refused', code: 'FL_GATE_INVALID', message: '"?" is not a gate' })
  })

  test.each(['FL_SESSION_EXPIRED', 'FL_SESSION_MISSING'])('%s asks for a sign-in', (code) => {
    expect(toRequestFailure(new ORPCError(code, { message: 'Sign in first.' })).kind).toBe('signed-out')
  })

  test.each(['FL_DESK_UNAVAILABLE', 'FL_STORE_UNAVAILABLE', 'FL_SHUTTING_DOWN', 'FL_RATE_LIMITED'])(
    '%s passes by itself',
    (code) => {
      expect(toRequestFailure(new ORPCError(code, { message: 'not now' })).kind).toBe('unavailable')
    },
  )

  test('a command that came too late is told apart, with the present departure', () => {
    const departure = boardDeparture({ revision: 9 })
    const failure = toRequestFailure(new ORPCError('FL_COMMAND_EXPIRED', { message: 'late', data: { departure } }))
    expect(failure).toMatchObject({ kind: 'expired', departure: { revision: 9 } })
    expect(toRequestFailure(new ORPCError('FL_COMMAND_EXPIRED', { message: 'late' })).kind).toBe('expired')
  })

  test('anything without a code means that no answer came', () => {
    expect(toRequestFailure(new Error('socket closed')).kind).toBe('lost')
    expect(toRequestFailure(undefined).kind).toBe('lost')
  })

  test('a failure that was sorted already stays as it is', () => {
    const failure = new RequestFailure('refused', 'FL_X', { message: 'no' })
    expect(toRequestFailure(failure)).toBe(failure)
  })
})
