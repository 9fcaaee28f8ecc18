import { describe, expect, test } from 'vitest'
import { flightHref, readPageLink } from './page-link.ts'

describe('readPageLink', () => {
  test.each([
    ['', { view: 'start' }],
    ['?', { view: 'start' }],
    ['?flight=', { view: 'start' }],
    ['?utm_source=mail', { view: 'start' }],
    ['?flight=B6739-2026-11-20-JFK', { view: 'flight', id: 'B6739-2026-11-20-JFK' }],
    ['?confirm=abc', { view: 'confirm', token: 'abc' }],
    ['?unsubscribe=a%2Bb', { view: 'unsubscribe', token: 'a+b' }],
    ['?flight=B6739-2026-11-20-JFK&confirm=abc', { view: 'confirm', token: 'abc' }],
  ])('reads %j', (search, link) => {
    expect(readPageLink(search)).toEqual(link)
  })
})

describe('flightHref', () => {
  test('is the start without a flight', () => {
    expect(flightHref()).toBe('/')
  })

  test.each(['B6739-2026-11-20-JFK', 'AA1-2026-11-20-LGA.2', 'what & ever=?#'])(
    'is read back as the flight %s',
    (id) => {
      expect(readPageLink(flightHref(id).slice(1))).toEqual({ view: 'flight', id })
    },
  )
})
