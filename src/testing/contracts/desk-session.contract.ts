import { describe, expect, test } from 'vitest'
import { SESSION_IDLE, SESSION_LENGTH } from '../../shared/desk/sign-in.ts'
import { HOUR, MINUTE } from '../../shared/domain/instant.ts'
import { PASSWORD } from '../fixtures/desk-bench.ts'
import type { OpenDeskSide } from './desk-side.ts'

const refused = (code: string) => expect.objectContaining({ code, status: 401 })

/** Sign-in belongs to the connection, and every call asks for it. */
export function describeDeskSession(name: string, open: OpenDeskSide): void {
  describe(`session over ${name}`, () => {
    test('a signed-in console knows who holds it', async () => {
      await using side = await open()
      const client = await side.connect('gwen')
      expect(await client.session.current()).toEqual({ name: 'gwen', role: 'gate', stations: ['JFK'] })
    })

    test('signing out ends it at once', async () => {
      await using side = await open()
      const client = await side.connect('gwen')
      await client.session.signOut()
      expect(await client.session.current()).toBeNull()
      await expect(client.departures.list()).rejects.toEqual(refused('FL_SESSION_MISSING'))
    })

    test('somebody else can take the desk over, and the former session is gone', async () => {
      await using side = await open()
      const client = await side.connect('gwen')
      expect(await client.session.signIn({ name: ' Sue ', password: PASSWORD })).toMatchObject({ name: 'sue' })
      expect(await client.session.current()).toMatchObject({ name: 'sue', role: 'supervisor' })
      const other = await side.connect('gwen')
      expect(await other.session.current()).toMatchObject({ name: 'gwen' })
    })

    test('wrong password, unknown name and disabled account read the same', async () => {
      await using side = await open()
      const client = await side.connect('gwen')
      const attempts = [
        { name: 'gwen', password: 'wrong' },
        { name: 'nobody', password: PASSWORD },
        { name: 'dan', password: PASSWORD },
      ]
      for (const attempt of attempts) {
        await expect(client.session.signIn(attempt)).rejects.toMatchObject({
          ...{ code: 'FL_SIGN_IN_REFUSED', status: 401, message: 'Name or password is wrong.' },
        })
      }
      expect(await client.session.current()).toMatchObject({ name: 'gwen' })
    })

    test('an unused session ends, a used one goes on until its shift is over', async () => {
      await using side = await open()
      const { clock } = side.bench.parts
      const idle = await side.connect('gwen')
      const used = await side.connect('otto')
      for (let passed = 0; passed + 3 * HOUR < SESSION_LENGTH; passed += 3 * HOUR) {
        clock.advance(3 * HOUR)
        expect(await used.session.current()).toMatchObject({ name: 'otto' })
      }
      await expect(idle.departures.list()).rejects.toEqual(refused('FL_SESSION_EXPIRED'))
      clock.advance(SESSION_LENGTH % (3 * HOUR))
      await expect(used.departures.list()).rejects.toEqual(refused('FL_SESSION_EXPIRED'))
      expect(await used.session.current()).toBeNull()
    })

    test('the idle end is exact', async () => {
      await using side = await open()
      const client = await side.connect('gwen')
      side.bench.parts.clock.advance(SESSION_IDLE - MINUTE)
      await client.departures.list()
      side.bench.parts.clock.advance(SESSION_IDLE)
      await expect(client.departures.list()).rejects.toEqual(refused('FL_SESSION_EXPIRED'))
    })

    test('an account that is disabled meanwhile is out', async () => {
      await using side = await open()
      const client = await side.connect('gwen')
      const { staff } = side.bench.parts.stores
      const account = await staff.account('gwen')
      if (account) await staff.putAccount({ ...account, disabled: true })
      await expect(client.departures.list()).rejects.toEqual(refused('FL_SESSION_EXPIRED'))
    })

    test('a stranger gets nothing', async () => {
      await using side = await open()
      if (!side.letsStrangersIn) {
        await expect(side.connect()).rejects.toThrow()
        return
      }
      const client = await side.connect()
      expect(await client.session.current()).toBeNull()
      const missing = refused('FL_SESSION_MISSING')
      await expect(client.departures.list()).rejects.toEqual(missing)
      await expect(client.departures.history({ id: 'B6739-2026-11-20-JFK' })).rejects.toEqual(missing)
      await expect(client.broadcasts.latest()).rejects.toEqual(missing)
    })
  })
}
