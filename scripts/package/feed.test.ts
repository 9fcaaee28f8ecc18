import { expect, test } from 'vitest'
import { feedArguments } from './feed.ts'

test('a package looks for updates where whoever builds it says', () => {
  expect(feedArguments({ FLIGHTLINE_UPDATES_URL: 'https://updates.example/flightline' })).toEqual([
    '-c.publish.provider=generic',
    '-c.publish.url=https://updates.example/flightline',
  ])
})

test.each([{}, { FLIGHTLINE_UPDATES_URL: '' }])('and nowhere when nobody says: %o', (environment) => {
  expect(feedArguments(environment)).toEqual([])
})

test('never over a connection that others can write to', () => {
  expect(() => feedArguments({ FLIGHTLINE_UPDATES_URL: 'http://updates.example' })).toThrow('https:')
})
