import { expect, test } from 'vitest'
import { findDeepLink, readDeepLink } from './deep-link.ts'

const departure = { type: 'departure', id: 'B6739-2026-11-20-JFK' }

test.each([
  'flightline://flight/B6739-2026-11-20-JFK',
  'FLIGHTLINE://flight/b6739-2026-11-20-jfk',
  'flightline://flight/B6739-2026-11-20-JFK/',
  'flightline://flight/B6739%2D2026-11-20-JFK',
])('%s names a departure', (link) => {
  expect(readDeepLink(link)).toEqual(departure)
})

test.each([
  'flightline://flight/',
  'flightline://flight/nonsense',
  'flightline://flight/B6739-2026-11-20-JFK/../x',
  'flightline://flight/B6739-2026-11-20-JFK?station=JFK',
  'flightline://flight/B6739-2026-11-20-JFK#x',
  'flightline://anna@flight/B6739-2026-11-20-JFK',
  'flightline://settings/B6739-2026-11-20-JFK',
  'flightline:B6739-2026-11-20-JFK',
  'flightline://flight/%E0%A4%A',
  'https://flight/B6739-2026-11-20-JFK',
  `flightline://flight/${'x'.repeat(300)}`,
  '',
])('%s names nothing', (link) => {
  expect(readDeepLink(link)).toBeUndefined()
})

test('the link is found wherever the system puts it among the arguments', () => {
  expect(findDeepLink(['flightline', '--no-sandbox', '.', 'Flightline://flight/x'])).toBe('Flightline://flight/x')
  expect(findDeepLink(['flightline', 'https://example.com'])).toBeUndefined()
})
