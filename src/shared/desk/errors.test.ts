import { ORPCError, ValidationError } from '@orpc/server'
import { describe, expect, test } from 'vitest'
import { recordingLog } from '../../testing/fixtures/logs.ts'
import { FlightlineError } from '../lib/errors.ts'
import { translateError } from './errors.ts'

function translate(error: unknown) {
  const logger = recordingLog()
  return { wire: translateError(error, { tokens: { id: () => 'id-1' }, logger }), lines: logger.lines }
}

function refusal(code: 'BAD_REQUEST' | 'INTERNAL_SERVER_ERROR', issues: ValidationError['issues']) {
  return new ORPCError(code, { cause: new ValidationError({ message: 'refused', issues, data: {} }) })
}

describe('error on the wire', () => {
  test('ours keeps code, status, message and details', () => {
    const { wire, lines } = translate(new FlightlineError('FL_DEPARTURE_UNKNOWN', { id: 'XX1' }))
    expect(wire).toMatchObject({ code: 'FL_DEPARTURE_UNKNOWN', status: 404, data: { id: 'XX1' } })
    expect(wire.message).toContain('XX1')
    expect(lines).toEqual([])
  })

  test('bad input names its fields, however deep, and at most five', () => {
    const issues = [
      { message: 'too long', path: ['reasons', 0, { key: 'code' }] },
      ...Array.from({ length: 8 }, () => ({ message: 'wrong' })),
    ]
    const { wire } = translate(refusal('BAD_REQUEST', issues))
    expect(wire.code).toBe('FL_BAD_REQUEST')
    expect(wire.data).toEqual({ problems: ['reasons.0.code: too long', ...Array(4).fill('input: wrong')] })
  })

  test('a request that cannot even be read is the fault of who sent it', () => {
    const { wire } = translate(new ORPCError('BAD_REQUEST', { message: 'Malformed request.' }))
    expect(wire).toMatchObject({ code: 'FL_BAD_REQUEST', data: { problems: ['Malformed request.'] } })
  })

  test('an answer that breaks the contract is our fault', () => {
    const { wire, lines } = translate(refusal('INTERNAL_SERVER_ERROR', [{ message: 'gate: secret', path: ['gate'] }]))
    expect(wire).toMatchObject({ code: 'FL_INTERNAL', status: 500, data: { errorId: 'id-1' } })
    expect(JSON.stringify(wire)).not.toContain('secret')
    expect(lines).toMatchObject([{ level: 'error', fields: { errorId: 'id-1' } }])
  })

  test.each([[new TypeError('secret')], ['secret'], [undefined], [null]])('%s shows only an id', (thrown) => {
    const { wire } = translate(thrown)
    expect(JSON.stringify(wire)).not.toContain('secret')
    expect(wire).toMatchObject({ code: 'FL_INTERNAL', data: { errorId: 'id-1' } })
  })
})
