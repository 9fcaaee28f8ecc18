import { describe, expect, test } from 'vitest'
import { flight, minute } from '../../testing/passenger/flights.ts'
import { normalizeQuery, rankFlights } from './search-query.ts'

describe('normalizeQuery', () => {
  test.each([
    ['', ''],
    ['   ', ''],
    ['  b6   739 ', 'b6 739'],
    ['JFK to LAX', 'JFK LAX'],
    ['jfk TO lax', 'jfk lax'],
    ['JFK nach LAX', 'JFK LAX'],
    ['JFK → LAX', 'JFK LAX'],
    ['JFK à LAX', 'JFK LAX'],
    ['to', 'to'],
    ['to LAX', 'to LAX'],
    ['JFK to', 'JFK to'],
    ['JFK - LAX', 'JFK - LAX'],
  ])('%j is searched as %j', (typed, query) => {
    expect(normalizeQuery(typed)).toBe(query)
  })
})

describe('rankFlights', () => {
  const numbers = (flights: readonly { number: string }[]) => flights.map(({ number }) => number)

  test('puts the flight that was named first, however late it leaves', () => {
    const flights = [
      flight({ number: '7391', scheduledAt: minute(0) }),
      flight({ number: '739', scheduledAt: minute(99) }),
    ]

    expect(numbers(rankFlights(flights, 'b6 739'))).toEqual(['739', '7391'])
  })

  test('finds a name among the codeshares', () => {
    const flights = [flight({ number: '1' }), flight({ number: '2', codeshares: ['LH6800'] })]

    expect(numbers(rankFlights(flights, 'LH 6800'))).toEqual(['2', '1'])
  })

  test('orders by the time that is expected now, and puts what is over last', () => {
    const flights = [
      flight({ number: '1', status: 'ARRIVED', scheduledAt: minute(-300) }),
      flight({ number: '2', scheduledAt: minute(10), estimatedAt: minute(200), status: 'DELAYED' }),
      flight({ number: '3', scheduledAt: minute(60) }),
      flight({ number: '4', status: 'CANCELLED', cancelled: { at: minute(0) }, scheduledAt: minute(5) }),
    ]

    expect(numbers(rankFlights(flights, 'san juan'))).toEqual(['3', '2', '1', '4'])
  })
})
