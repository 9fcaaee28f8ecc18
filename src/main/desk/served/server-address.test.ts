import { describe, expect, test } from 'vitest'
import { readServerAddress } from './server-address.ts'

describe('the address of a server', () => {
  test.each([
    ['https://ops.example.com', 'https://ops.example.com/'],
    [' https://ops.example.com/console/ ', 'https://ops.example.com/'],
    ['https://example.com/flightline/console', 'https://example.com/flightline/'],
    ['https://example.com/flightline/', 'https://example.com/flightline/'],
    ['https://ops.example.com:8443/?a=b#c', 'https://ops.example.com:8443/'],
    ['http://localhost:8080', 'http://localhost:8080/'],
    ['http://127.0.0.1:8080/console', 'http://127.0.0.1:8080/'],
    ['http://[::1]:8080', 'http://[::1]:8080/'],
    ['http://2130706433', 'http://127.0.0.1/'],
  ])('%s is %s', (text, address) => expect(readServerAddress(text).href).toBe(address))

  test.each([
    'http://ops.example.com',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://10.0.0.1',
    'ws://ops.example.com',
    'wss://ops.example.com',
    'ftp://127.0.0.1',
    'javascript:alert(1)',
    'https://ada:secret@ops.example.com',
    'ops.example.com',
    '',
  ])('%s is refused', (text) => {
    expect(() => readServerAddress(text)).toThrow(expect.objectContaining({ code: 'FL_SERVER_INSECURE', status: 422 }))
  })
})
