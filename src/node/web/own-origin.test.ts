import { describe, expect, test } from 'vitest'
import { isOwnOrigin } from './own-origin.ts'

const PUBLIC = 'https://flights.example.com'

describe('isOwnOrigin', () => {
  test.each([
    ['no browser', undefined, undefined],
    ['the public page', 'https://flights.example.com', '10.0.0.1:8080'],
    ['the page as it was asked for', 'http://localhost:8080', 'localhost:8080'],
    ['a host in capitals', 'http://localhost:8080', 'LOCALHOST:8080'],
  ])('%s is allowed', (_name, origin, host) => {
    expect(isOwnOrigin(origin, host, PUBLIC)).toBe(true)
  })

  test.each([
    ['another site', 'https://evil.example.com'],
    ['a sandboxed page or a file', 'null'],
    ['a name that only begins alike', 'https://flights.example.com.evil.com'],
    ['another scheme of the public name', 'http://flights.example.com'],
    ['another port', 'http://127.0.0.1:9999'],
    ['a file', 'file://'],
    ['nonsense', '%%%'],
    ['nothing between the quotes', ''],
  ])('%s is not', (_name, origin) => {
    expect(isOwnOrigin(origin, '127.0.0.1:8080', PUBLIC)).toBe(false)
  })
})
