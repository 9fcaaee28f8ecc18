import { describe, expect, test } from 'vitest'
import { flight, minute, notice } from '../../testing/passenger/flights.ts'
import { createFlightsApi } from './flights-api.ts'

/** An API whose server gives one answer, and what was asked of it. */
function apiWith(body: unknown) {
  const asked: [string, RequestInit | undefined][] = []
  const api = createFlightsApi(async (url, init) => {
    asked.push([url, init])
    return Response.json(body)
  })
  return { api, asked, urls: () => asked.map(([url]) => url) }
}

describe('the API', () => {
  test('searches with what was typed, whatever that is, from a moment on', async () => {
    const { api, urls } = apiWith({ flights: [flight()] })
    const { signal } = new AbortController()

    expect(await api.search({ query: 'a&b #?', from: minute(0), signal })).toEqual([flight()])
    await api.search({ query: 'b6', signal })

    expect(urls()).toEqual([
      '/api/flights?q=a%26b+%23%3F&limit=60&from=2026-11-20T12%3A00%3A00.000Z',
      '/api/flights?q=b6&limit=60',
    ])
  })

  test('lists what is boarding', async () => {
    const { api, urls } = apiWith({ flights: [flight()] })

    expect(await api.boarding(6)).toHaveLength(1)
    expect(urls()).toEqual(['/api/flights?status=BOARDING&limit=6'])
  })

  test('asks for a flight and its history by an id that is escaped', async () => {
    const { api, urls } = apiWith([])
    await api.flight('B6739-2026-11-20-JFK')
    await api.history('../x')

    expect(urls()).toEqual(['/api/flights/B6739-2026-11-20-JFK', '/api/flights/..%2Fx/history'])
  })

  test('takes from the notices the broadcasts, one entry for each flight', async () => {
    const { api } = apiWith({
      notices: [
        { ...notice(), kind: 'broadcast', flightIds: ['a', 'b'] },
        { id: 'x:3', kind: 'gate', flightIds: ['c'], at: minute(0) },
      ],
    })

    expect(await api.notices()).toEqual([
      { flightId: 'a', notice: notice() },
      { flightId: 'b', notice: notice() },
    ])
  })

  test('reads the operational clock from the health', async () => {
    const { api } = apiWith({ clock: { operational: Date.parse(minute(5)), rate: 2 } })

    expect(await api.clock()).toEqual({ now: minute(5), rate: 2 })
  })

  test('confirms with the token in the body and ends with it in the address, both by POST', async () => {
    const { api, asked } = apiWith({ flightId: 'x' })
    await api.confirm('a+b')
    await api.unsubscribe('a+b')
    await api.requestEmails({ flightId: 'x', email: 'a@example.com', language: 'de' })

    expect(asked.map(([url, init]) => [init?.method, url, init?.body])).toEqual([
      ['POST', '/api/notifications/confirm', '{"token":"a+b"}'],
      ['POST', '/api/notifications/unsubscribe?token=a%2Bb', undefined],
      ['POST', '/api/notifications', '{"flightId":"x","email":"a@example.com","language":"de"}'],
    ])
  })
})
