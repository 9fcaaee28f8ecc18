import { describe, expect, test } from 'vitest'
import { maskText } from './mask-text.ts'

describe('masked are', () => {
  test.each([
    ['mail to alice.b+x@example.com failed', 'mail to [address] failed'],
    ['RCPT TO:<alice@mail.example.co.uk>', 'RCPT TO:<[address]>'],
    ['Zoë is zoë@bücher.example', 'Zoë is [address]'],
    ['alice@example.com,bob@example.com', '[address],[address]'],
    ['call +1 202-555-0100 now', 'call [phone] now'],
    ['to +12025550100.', 'to [phone].'],
    ['+1 (202) 555 0100', '[phone]'],
    ['connect mongodb://desk:hunter2@db.example.com:27017/x', 'connect mongodb://[credentials]@db.example.com:27017/x'],
    ['smtp://user%40example.com:pw@mail:587', 'smtp://[credentials]@mail:587'],
    ['GET /confirm?token=abc&x=1', 'GET /confirm?token=[secret]&x=1'],
    ['authorization: Bearer abcdefghijkl', 'authorization: Bearer [secret]'],
  ])('%s', (text, masked) => {
    expect(maskText(text)).toBe(masked)
  })
})

describe('left alone are', () => {
  test.each([
    'departure B6739-2026-11-20-JFK:7 was published at 2026-11-20T12:00:00.000+00:00',
    'connect ECONNREFUSED 127.0.0.1:9092',
    'http://127.0.0.1:8080/api/flights?date=2026-11-20',
    'offset 1234567890123 of partition 3 (+250 ms)',
    'node_modules/@orpc/server/dist/index.mjs',
  ])('%s', (text) => {
    expect(maskText(text)).toBe(text)
  })
})

test('a hostile text takes no noticeable time', () => {
  const started = performance.now()
  for (const part of ['a', '@', '+1', 'a@', 'http://a', 'a.', '+1 ']) maskText(part.repeat(5_000))
  expect(performance.now() - started).toBeLessThan(1_000)
})
