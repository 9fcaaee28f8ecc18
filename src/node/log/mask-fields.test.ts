import { describe, expect, test } from 'vitest'
import { FlightlineError } from '../../shared/lib/errors.ts'
import { maskFields } from './mask-fields.ts'

describe('fields', () => {
  test('with secret names are hidden at any depth, figures under them are kept', () => {
    expect(
      maskFields({
        password: 'x',
        request: { headers: { cookie: 'session=x', host: 'a' } },
        email: { address: 'x' },
        sessionToken: undefined,
        tokens: 3,
        from: 1,
        to: 2,
      }),
    ).toEqual({
      password: '[hidden]',
      request: { headers: { cookie: '[hidden]', host: 'a' } },
      email: '[hidden]',
      sessionToken: undefined,
      tokens: 3,
      from: 1,
      to: 2,
    })
  })

  test('with harmless names have their text masked, in lists too', () => {
    expect(maskFields({ reason: 'bob@example.com', all: ['+12025550100', new Set(['carol@example.com'])] })).toEqual({
      reason: '[address]',
      all: ['[phone]', ['[address]']],
    })
  })

  test('become plain data: dates, bytes, big numbers', () => {
    expect(
      maskFields({ at: new Date(0), never: new Date(Number.NaN), bytes: Buffer.alloc(9), count: 5n, none: null }),
    ).toEqual({ at: '1970-01-01T00:00:00.000Z', never: null, bytes: '[9 bytes]', count: '5', none: null })
  })

  test('that refer to themselves end somewhere', () => {
    const circle: Record<string, unknown> = { name: 'circle' }
    circle.self = circle
    expect(JSON.stringify(maskFields(circle))).toContain('[deep]')
  })

  test('are cut where they are many or long', () => {
    const masked = maskFields({ list: Array.from({ length: 5_000 }, (_, index) => index), text: 'x'.repeat(99_999) })
    expect(JSON.stringify(masked).length).toBeLessThan(11_000)
  })
})

describe('errors', () => {
  test('keep type, code, message, stack and cause, masked', () => {
    const cause = new Error('550 no such user dave@example.com')
    const { err } = maskFields({ err: new FlightlineError('FL_STORE_UNAVAILABLE', {}, { cause }) })
    expect(err).toMatchObject({
      type: 'FlightlineError',
      code: 'FL_STORE_UNAVAILABLE',
      cause: { type: 'Error', message: '550 no such user [address]' },
    })
    expect(JSON.stringify(err)).not.toContain('dave')
  })

  test('lose whatever else a driver hung on them', () => {
    const error = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', request: { body: 'Dear Alice' } })
    expect(JSON.stringify(maskFields({ error }))).not.toContain('Alice')
  })
})
