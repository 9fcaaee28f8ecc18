import { describe, expect, test } from 'vitest'
import { errorCatalogue } from './error-catalogue.ts'
import { FlightlineError, isFlightlineError } from './errors.ts'

describe('FlightlineError', () => {
  test('fills the message from the details and keeps the code', () => {
    const error = new FlightlineError('FL_DEPARTURE_UNKNOWN', { id: 'B6739-2026-11-20-JFK' })
    expect(error.message).toBe('There is no departure B6739-2026-11-20-JFK; check flight number, date and station.')
    expect(error.toShape()).toEqual({
      code: error.code,
      message: error.message,
      details: { id: 'B6739-2026-11-20-JFK' },
    })
    expect(error.status).toBe(404)
  })

  test('leaves details out of the shape where there are none', () => {
    expect(new FlightlineError('FL_SESSION_MISSING').toShape()).toEqual({
      code: 'FL_SESSION_MISSING',
      message: 'Sign in first.',
    })
  })

  test('does not look up placeholders in the prototype', () => {
    const error = new FlightlineError('FL_DEPARTURE_UNKNOWN', JSON.parse('{"__proto__":{"id":"x"}}'))
    expect(error.message).not.toContain('[object')
  })

  test('is told apart from other errors, and by code', () => {
    const error: unknown = new FlightlineError('FL_OUTBOX_FULL', { id: 'x', count: 64 })
    expect(isFlightlineError(error)).toBe(true)
    expect(isFlightlineError(error, 'FL_OUTBOX_FULL')).toBe(true)
    expect(isFlightlineError(error, 'FL_INTERNAL')).toBe(false)
    expect(isFlightlineError(new Error('x'))).toBe(false)
  })
})

describe('the catalogue', () => {
  test('stands in alphabetical order, each with a sentence and an HTTP error status', () => {
    const codes = Object.keys(errorCatalogue)
    expect(codes).toEqual([...codes].sort())
    for (const { status, message } of Object.values(errorCatalogue)) {
      expect(status).toBeGreaterThanOrEqual(400)
      expect(message).toMatch(/^["A-Z].*[.}]$/)
    }
  })
})
