import { describe, expect, test } from 'vitest'
import { NOON } from '../fixtures/departure.ts'
import { staffAccount, staffSession } from '../fixtures/staff.ts'
import type { OpenPair } from './store-pair.ts'

/** What every `StaffStore` keeps to. */
export function describeStaffStore(name: string, open: OpenPair): void {
  describe(`StaffStore on ${name}`, () => {
    test('an account is replaced by one with the same name', async () => {
      await using pair = await open()
      expect(await pair.first.staff.account('gwen')).toBeUndefined()
      await pair.first.staff.putAccount(staffAccount())
      const disabled = staffAccount({ disabled: true, stations: ['*'], role: 'admin' })
      await pair.second.staff.putAccount(disabled)
      expect(await pair.first.staff.account('gwen')).toEqual(disabled)
      expect(await pair.first.staff.countAccounts()).toBe(1)
    })

    test('names are told apart exactly', async () => {
      await using pair = await open()
      await pair.first.staff.putAccount(staffAccount())
      await pair.first.staff.putAccount(staffAccount({ name: 'gwendolyn' }))
      expect(await pair.second.staff.account('gwen ')).toBeUndefined()
      expect(await pair.second.staff.account('%')).toBeUndefined()
      expect(await pair.second.staff.countAccounts()).toBe(2)
    })

    test('accounts are listed by name', async () => {
      await using pair = await open()
      expect(await pair.first.staff.accounts()).toEqual([])
      await pair.first.staff.putAccount(staffAccount({ name: 'zoe' }))
      await pair.first.staff.putAccount(staffAccount())
      expect((await pair.second.staff.accounts()).map(({ name }) => name)).toEqual(['gwen', 'zoe'])
    })

    test('all sign-ins of one person end at once, those of others stay', async () => {
      await using pair = await open()
      for (const tokenHash of ['a', 'b']) await pair.first.staff.putSession(staffSession({ tokenHash }))
      await pair.first.staff.putSession(staffSession({ tokenHash: 'c', name: 'zoe' }))
      await pair.second.staff.endSessionsOf('gwen')
      expect(await pair.first.staff.session('a')).toBeUndefined()
      expect(await pair.first.staff.session('b')).toBeUndefined()
      expect(await pair.first.staff.session('c')).toBeDefined()
    })

    test('a session lasts until it is ended, and its end may be repeated', async () => {
      await using pair = await open()
      await pair.first.staff.putSession(staffSession())
      const touched = staffSession({ idleAt: NOON + 99 })
      await pair.second.staff.putSession(touched)
      expect(await pair.first.staff.session(touched.tokenHash)).toEqual(touched)
      await pair.first.staff.endSession(touched.tokenHash)
      await pair.second.staff.endSession(touched.tokenHash)
      expect(await pair.second.staff.session(touched.tokenHash)).toBeUndefined()
    })

    test('a touch moves the idle end of a live session and brings no ended one back', async () => {
      await using pair = await open()
      await pair.first.staff.putSession(staffSession())
      await pair.second.staff.touchSession('token-hash-1', NOON + 77)
      expect(await pair.first.staff.session('token-hash-1')).toEqual(staffSession({ idleAt: NOON + 77 }))
      await pair.first.staff.endSession('token-hash-1')
      await pair.second.staff.touchSession('token-hash-1', NOON + 99)
      expect(await pair.first.staff.session('token-hash-1')).toBeUndefined()
    })

    test('sessions past either of their ends are cleared away', async () => {
      await using pair = await open()
      await pair.first.staff.putSession(staffSession({ tokenHash: 'idle', idleAt: NOON, endsAt: NOON + 90 }))
      await pair.first.staff.putSession(staffSession({ tokenHash: 'old', idleAt: NOON + 90, endsAt: NOON }))
      await pair.first.staff.putSession(staffSession({ tokenHash: 'live', idleAt: NOON + 90, endsAt: NOON + 90 }))
      await pair.second.staff.endSessionsBefore(NOON + 1)
      const left = await Promise.all(['idle', 'old', 'live'].map((hash) => pair.first.staff.session(hash)))
      expect(left.map((session) => session?.tokenHash)).toEqual([undefined, undefined, 'live'])
    })
  })
}
