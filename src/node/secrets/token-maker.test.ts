import { expect, test } from 'vitest'
import { tokenMaker } from './token-maker.ts'

test('a token has 256 bits and fits into a URL', () => {
  const tokens = new Set(Array.from({ length: 1_000 }, () => tokenMaker.token()))
  expect(tokens.size).toBe(1_000)
  for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/)
})

test('its hash is SHA-256 in hex', () => {
  expect(tokenMaker.hash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

test('an id is a UUID', () => {
  expect(tokenMaker.id()).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
})
