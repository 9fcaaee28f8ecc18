import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amendment, creation } from '../../testing/fixtures/amendment.ts'
import { anyDeparture, anyFacts } from '../../testing/fixtures/arbitraries.ts'
import { departure } from '../../testing/fixtures/departure.ts'
import { amend } from '../domain/change.ts'
import { decodeDepartureChanged, encodeDepartureChanged } from './departure-changed.ts'

const encoded = () => {
  const { next, change } = amendment()
  return encodeDepartureChanged({ departure: next, change })
}

/** The event with one place of it replaced. */
function tampered(path: readonly string[], value: unknown): string {
  const event = JSON.parse(encoded().value)
  const last = path.at(-1) ?? ''
  const holder = path.slice(0, -1).reduce((place, name) => Reflect.get(place, name), event)
  Reflect.set(holder, last, value)
  return JSON.stringify(event)
}

describe('the event of a changed departure', () => {
  test('reads back whatever was written', () => {
    fc.assert(
      fc.property(anyDeparture, anyFacts, (before, facts) => {
        const made = amend(before, facts, creation(before).change)
        const { next, change } = made ?? creation(before)
        const message = encodeDepartureChanged({ departure: next, change })
        expect(decodeDepartureChanged(message.value)).toEqual({ departure: next, change })
      }),
    )
  })

  test('is a CloudEvent with the id that consumers drop repetitions by', () => {
    const { key, id, value } = encoded()
    expect(key).toBe('B6739-2026-11-20-JFK')
    expect(id).toBe('B6739-2026-11-20-JFK:2')
    expect(JSON.parse(value)).toMatchObject({
      specversion: '1.0',
      id,
      type: 'flightline.departure.changed.v1',
      subject: key,
      time: '2026-11-20T12:00:00Z',
      data: {
        departure: { scheduledAt: '2026-11-20T14:00:00Z' },
        change: { fields: { gate: { from: 'B12', to: 'C7' } } },
      },
    })
  })

  test('writes instants inside changed fields as ISO 8601 too', () => {
    const { next, change } = amendment(departure(), { estimatedAt: Date.UTC(2026, 10, 20, 15) })
    const event = JSON.parse(encodeDepartureChanged({ departure: next, change }).value)
    expect(event.data.change.fields).toEqual({ estimatedAt: { to: '2026-11-20T15:00:00Z' } })
  })

  test.each([
    ['a tombstone', undefined],
    ['no JSON', '{"specversion":'],
    ['another specversion', tampered(['specversion'], '2.0')],
    ['a type of the future', tampered(['type'], 'flightline.departure.changed.v9')],
    ['a departure without schedule', tampered(['data', 'departure', 'scheduledAt'], undefined)],
    ['an instant as number', tampered(['data', 'departure', 'scheduledAt'], 1)],
    ['a gate of 2,000 letters', tampered(['data', 'departure', 'gate'], 'B'.repeat(2000))],
    ['revision zero', tampered(['data', 'departure', 'revision'], 0)],
    ['a change without id', tampered(['data', 'change', 'id'], undefined)],
    ['a change of an unknown fact', tampered(['data', 'change', 'fields'], { wings: { to: 3 } })],
    ['a changed field of the wrong type', tampered(['data', 'change', 'fields'], { estimatedAt: { to: 'soon' } })],
    ['a number', '7'],
  ])('%s is unreadable, and the error shows no value of it', (_name, text) => {
    expect(() => decodeDepartureChanged(text)).toThrow(expect.objectContaining({ code: 'FL_EVENT_UNREADABLE' }))
  })
})
