import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSealer } from './sealer.ts'

const key = randomBytes(32)
const sealer = createSealer(key)

describe('sealing', () => {
  test('any text comes back, in this process and with the same key in another', () => {
    const other = createSealer(key)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const clear = text.toWellFormed()
        expect(other.open(sealer.seal(clear))).toBe(clear)
      }),
    )
  })

  test('the same text looks different each time and tells nothing', () => {
    const seals = new Set(Array.from({ length: 3_000 }, () => sealer.seal('alice@example.com')))
    expect(seals.size).toBe(3_000)
    for (const sealed of seals) expect(sealed).toMatch(/^sealed:v1:[\w-]+$/)
  })

  test('text that was never sealed is returned as it is', () => {
    expect(sealer.open('alice@example.com')).toBe('alice@example.com')
    expect(sealer.open('')).toBe('')
  })
})

describe('opening is refused', () => {
  const sealed = sealer.seal('alice@example.com')

  test('for every single changed character', () => {
    for (let index = 'sealed:v1:'.length; index < sealed.length - 1; index += 1) {
      const changed = `${sealed.slice(0, index)}${sealed[index] === 'A' ? 'B' : 'A'}${sealed.slice(index + 1)}`
      expect(() => sealer.open(changed)).toThrow(/cannot be read/)
    }
  })

  test.each([
    ['another key', () => createSealer(randomBytes(32)).open(sealed)],
    ['a shortened seal', () => sealer.open(sealed.slice(0, -8))],
    ['a seal without content', () => sealer.open('sealed:v1:')],
    ['a seal of another version', () => sealer.open(sealed.replace('v1', 'v2'))],
  ])('for %s', (_name, attempt) => {
    expect(attempt).toThrow(expect.objectContaining({ code: 'FL_SEAL_BROKEN' }))
  })
})

describe('the blind index', () => {
  test('is the same for the same mailbox however it is written', () => {
    expect(sealer.blindIndex(' Alice@Example.com\n')).toBe(sealer.blindIndex('alice@example.com'))
    expect(sealer.blindIndex('alice@example.com')).not.toBe(sealer.blindIndex('alice@example.org'))
  })

  test('depends on the key and is not the address', () => {
    const other = createSealer(randomBytes(32))
    expect(other.blindIndex('alice@example.com')).not.toBe(sealer.blindIndex('alice@example.com'))
    expect(sealer.blindIndex('alice@example.com')).toMatch(/^[\w-]{43}$/)
  })
})

test('a day of bookings is sealed in seconds of computing', () => {
  const before = process.cpuUsage()
  for (let index = 0; index < 20_000; index += 1) sealer.seal(`p${index}@example.com`)
  const { user } = process.cpuUsage(before)
  // A fifth of a day; computing time, because others may keep the machine busy. Microseconds.
  expect(user * 5).toBeLessThan(8_000_000)
})
