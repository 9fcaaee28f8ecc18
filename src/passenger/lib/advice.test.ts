import { describe, expect, test } from 'vitest'
import { statuses } from '../../shared/domain/status.ts'
import { flight, minute } from '../../testing/passenger/flights.ts'
import { speak } from '../../testing/passenger/words.ts'
import { advice } from './advice.ts'

const text = speak()
const { gate: _, ...gateless } = flight()

describe('advice', () => {
  test('goes with every status in which a passenger has to do something', () => {
    const advised = statuses.filter((status) => advice(flight({ status }), text, {}) !== undefined)

    expect(advised).toEqual(['DELAYED', 'BOARDING', 'FINAL_CALL', 'GATE_CLOSED', 'RETURNED', 'DIVERTED', 'CANCELLED'])
  })

  test.each(['BOARDING', 'FINAL_CALL'] as const)(
    'names the gate at %s, and does without one that is not known',
    (status) => {
      expect(advice(flight({ status, gate: 'B12' }), text, {})).toContain('gate B12')
      expect(advice({ ...gateless, status }, text, {})).toMatch(/your gate/)
    },
  )

  test('without a firm time it says when to look again, on the clock of the station', () => {
    const open = flight({ status: 'DELAYED', nextInformationAt: minute(150) })

    expect(advice(open, text, {})).toContain('09:30')
    expect(advice(flight({ status: 'DELAYED' }), text, {})).not.toContain('{')
  })

  test('with a firm time it speaks of the new departure', () => {
    const late = flight({ status: 'DELAYED', estimatedAt: minute(165), nextInformationAt: minute(150) })

    expect(advice(late, text, {})).toContain('new departure')
  })

  test('a diversion names the place that one still has to get to', () => {
    const diverted = flight({ status: 'DIVERTED', destination: 'SFO' })

    expect(advice(diverted, text, { SFO: { name: 'San Francisco Intl' } })).toContain('on to San Francisco')
  })

  test.each(['en', 'de', 'es', 'fr'])('leaves no gap open in %s', (locale) => {
    for (const status of statuses) {
      for (const facts of [{}, { estimatedAt: minute(165) }, { nextInformationAt: minute(150) }]) {
        expect(advice({ ...gateless, status, ...facts }, speak(locale), {}) ?? '').not.toMatch(/[{}]/)
      }
    }
  })
})
