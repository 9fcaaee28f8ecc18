import { describe, expect, test } from 'vitest'
import { createPasswordHasher } from '../../node/secrets/password-hasher.ts'
import { tokenMaker } from '../../node/secrets/token-maker.ts'
import { fixedClock } from '../../testing/fixtures/clocks.ts'
import { openEmbeddedPair } from '../../testing/fixtures/embedded-pair.ts'
import type { Actor } from '../domain/role.ts'
import { listAccounts, putAccount } from './accounts.ts'
import { findActor, signIn } from './sign-in.ts'

const admin: Actor = { name: 'admin', role: 'admin', stations: ['*'] }
const gwen = { name: 'gwen', role: 'gate' as const, stations: ['JFK'], password: 'a long password' }
const code = (name: string) => expect.objectContaining({ code: name })

async function open() {
  const pair = await openEmbeddedPair()
  // The cheapest cost there is: these tests are not about how slow hashing is.
  const hasher = createPasswordHasher({ logN: 4, r: 8, p: 1 })
  const parts = { stores: pair.first, clock: fixedClock(), hasher, tokens: tokenMaker }
  return { parts, [Symbol.asyncDispose]: () => pair[Symbol.asyncDispose]() }
}

describe('accounts', () => {
  test('a new one signs in with its stations, and its hash is shown to nobody', async () => {
    await using given = await open()
    const made = await putAccount(given.parts, admin, gwen)
    expect(made).toEqual({
      name: 'gwen',
      role: 'gate',
      stations: ['JFK'],
      disabled: false,
      createdAt: expect.any(Number),
    })
    expect(await listAccounts(given.parts, admin)).toEqual([made])
    const { actor } = await signIn(given.parts, 'gwen', gwen.password)
    expect(actor).toEqual({ name: 'gwen', role: 'gate', stations: ['JFK'] })
  })

  test('a change ends the sign-ins of that person and keeps the password', async () => {
    await using given = await open()
    await putAccount(given.parts, admin, gwen)
    const { token } = await signIn(given.parts, 'gwen', gwen.password)
    await putAccount(given.parts, admin, { name: 'gwen', role: 'ops', stations: ['JFK', 'LGA'] })
    await expect(findActor(given.parts, token)).rejects.toThrow(code('FL_SESSION_EXPIRED'))
    expect((await signIn(given.parts, 'gwen', gwen.password)).actor.role).toBe('ops')
  })

  test('a disabled one is let in no more', async () => {
    await using given = await open()
    await putAccount(given.parts, admin, gwen)
    await putAccount(given.parts, admin, { ...gwen, disabled: true })
    await expect(signIn(given.parts, 'gwen', gwen.password)).rejects.toThrow(code('FL_SIGN_IN_REFUSED'))
  })

  test('a short or missing password makes no account', async () => {
    await using given = await open()
    await expect(putAccount(given.parts, admin, { ...gwen, password: 'short' })).rejects.toThrow(
      code('FL_ACCOUNT_PASSWORD'),
    )
    await expect(putAccount(given.parts, admin, { ...gwen, password: undefined })).rejects.toThrow(
      code('FL_ACCOUNT_PASSWORD'),
    )
    expect(await listAccounts(given.parts, admin)).toEqual([])
  })

  test('the last administrator stays one', async () => {
    await using given = await open()
    const last = { name: 'admin', role: 'admin' as const, stations: ['*'], password: 'a long password' }
    await putAccount(given.parts, admin, last)
    await expect(putAccount(given.parts, admin, { ...last, disabled: true })).rejects.toThrow(
      code('FL_ACCOUNT_LAST_ADMIN'),
    )
    await expect(putAccount(given.parts, admin, { ...last, role: 'gate' })).rejects.toThrow(
      code('FL_ACCOUNT_LAST_ADMIN'),
    )
    await putAccount(given.parts, admin, { ...last, name: 'second' })
    expect((await putAccount(given.parts, admin, { ...last, role: 'gate' })).role).toBe('gate')
  })

  test('nobody but an administrator sees or changes any', async () => {
    await using given = await open()
    const supervisor: Actor = { name: 'sue', role: 'supervisor', stations: ['*'] }
    await expect(listAccounts(given.parts, supervisor)).rejects.toThrow(code('FL_FORBIDDEN'))
    await expect(putAccount(given.parts, supervisor, gwen)).rejects.toThrow(code('FL_FORBIDDEN'))
  })
})
