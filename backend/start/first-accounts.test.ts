import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/node/embedded/database.ts'
import { openEmbeddedStores } from '../../src/node/embedded/open-stores.ts'
import { createPasswordHasher } from '../../src/node/secrets/password-hasher.ts'
import { fixedClock } from '../../src/testing/fixtures/clocks.ts'
import { silentLog } from '../../src/testing/fixtures/logs.ts'
import { temporaryFolder } from '../../src/testing/fixtures/temporary-folder.ts'
import { type AccountParts, makeFirstAccounts } from './first-accounts.ts'

async function open(overrides: Partial<AccountParts> = {}) {
  const folder = await temporaryFolder('accounts')
  const stores = openEmbeddedStores(openDatabase({ file: `${folder.path}/store.sqlite`, logger: silentLog() }))
  const hasher = createPasswordHasher()
  const parts: AccountParts = {
    staff: stores.staff,
    hasher,
    clock: fixedClock(),
    password: undefined,
    isDemo: true,
    ...overrides,
  }
  return {
    parts,
    async [Symbol.asyncDispose]() {
      await stores.close()
      await folder[Symbol.asyncDispose]()
    },
  }
}

describe('makeFirstAccounts', () => {
  test('makes one sign-in per role in a demo, with a password that works and is shown once', async () => {
    await using given = await open()
    const { staff, hasher } = given.parts
    const first = await makeFirstAccounts(given.parts)
    expect(first).toMatchObject({ names: ['gate', 'ops', 'supervisor', 'admin'], origin: 'made' })
    expect(first.password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
    const supervisor = await staff.account('supervisor')
    expect(supervisor).toMatchObject({ role: 'supervisor', stations: ['*'] })
    expect(await hasher.verify(first.password ?? '', supervisor?.passwordHash ?? '')).toBe(true)
    expect(await makeFirstAccounts(given.parts)).toEqual({ names: first.names, origin: 'earlier' })
  })

  test('makes only an administrator where no demo was asked for', async () => {
    await using given = await open({ isDemo: false })
    expect((await makeFirstAccounts(given.parts)).names).toEqual(['admin'])
    expect(await given.parts.staff.countAccounts()).toBe(1)
  })

  test('a password of the settings wins, also later, and is never given back to be shown', async () => {
    await using given = await open({ password: 'first password' })
    expect(await makeFirstAccounts(given.parts)).not.toHaveProperty('password')
    const changed = await makeFirstAccounts({ ...given.parts, password: 'second password' })
    expect(changed).toMatchObject({ origin: 'settings' })
    expect(changed).not.toHaveProperty('password')
    const admin = await given.parts.staff.account('admin')
    expect(await given.parts.hasher.verify('second password', admin?.passwordHash ?? '')).toBe(true)
    expect(await given.parts.hasher.verify('first password', admin?.passwordHash ?? '')).toBe(false)
  })

  test('an account that was changed since keeps its role and stations when nothing is to be set', async () => {
    await using given = await open()
    await makeFirstAccounts(given.parts)
    const gate = await given.parts.staff.account('gate')
    if (gate) await given.parts.staff.putAccount({ ...gate, stations: ['JFK'], disabled: true })
    await makeFirstAccounts(given.parts)
    expect(await given.parts.staff.account('gate')).toMatchObject({ stations: ['JFK'], disabled: true })
  })
})
