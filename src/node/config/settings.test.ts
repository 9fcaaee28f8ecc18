import { expect, test } from 'vitest'
import { publicUrlOf } from './settings.ts'

test('links begin with the given URL, else with the bound address', () => {
  const given = { publicUrl: 'https://flights.example.com', host: '127.0.0.1' }
  expect(publicUrlOf(given, 8080)).toBe('https://flights.example.com')
  expect(publicUrlOf({ publicUrl: undefined, host: '127.0.0.1' }, 40_123)).toBe('http://127.0.0.1:40123')
})

test('an IPv6 address stands in brackets', () => {
  expect(publicUrlOf({ publicUrl: undefined, host: '::1' }, 8080)).toBe('http://[::1]:8080')
})
