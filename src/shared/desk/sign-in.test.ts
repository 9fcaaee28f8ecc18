import { describe, expect, test } from 'vitest'
import { type DeskBench, openDeskBench, PASSWORD } from '../../testing/fixtures/desk-bench.ts'
import { HOUR, MINUTE } from '../domain/instant.ts'
import type { PasswordHasher } from '../ports/secrets.ts'
import type { StaffStore } from '../ports/staff-store.ts'
import {
  createConnection,
  findActor,
  REFUSAL_PAUSE,
  REFUSALS_ALLOWED,
  SESSION_IDLE,
  SESSION_LENGTH,
  type SignInParts,
  signIn,
  signOut,
} from './sign-in.ts'

const refused = expect.objectContaining({ code: 'FL_SIGN_IN_REFUSED' })
const expired = expect.objectContaining({ code: 'FL_SESSION_EXPIRED' })

/** The bench's parts, with a store of staff that is partly another. */
function withStaff({ parts }: DeskBench, change: (staff: StaffStore) => Partial<StaffStore>): SignInParts {
  const { staff } = parts.stores
  return { ...parts, stores: { staff: { ...staff, ...change(staff) } } }
}

function countingHasher(hasher: PasswordHasher) {
  const verified: string[] = []
  const counting: PasswordHasher = {
    hash: hasher.hash,
    verify(password, hash) {
      verified.push(hash)
      return hasher.verify(password, hash)
    },
  }
  return { verified, counting }
}

describe('sign-in', () => {
  test('the name is taken whatever its case and blanks', async () => {
    await using bench = await openDeskBench()
    expect((await signIn(bench.parts, ' GWEN ', PASSWORD)).actor).toEqual({
      name: 'gwen',
      role: 'gate',
      stations: ['JFK'],
    })
  })

  test('only the hash of a token is stored', async () => {
    await using bench = await openDeskBench()
    const { token, endsAt } = await signIn(bench.parts, 'gwen', PASSWORD)
    const { stores, tokens, clock } = bench.parts
    expect(await stores.staff.session(token)).toBeUndefined()
    const stored = await stores.staff.session(tokens.hash(token))
    expect(stored).toMatchObject({ name: 'gwen', endsAt, idleAt: clock.wall() + SESSION_IDLE })
    expect(JSON.stringify(stored)).not.toContain(token)
    expect(endsAt).toBe(clock.wall() + SESSION_LENGTH)
  })

  test('each refusal takes one verification, also for a name that nobody has', async () => {
    await using bench = await openDeskBench()
    const { verified, counting } = countingHasher(bench.parts.hasher)
    const parts = { ...bench.parts, hasher: counting }
    await expect(signIn(parts, 'gwen', 'wrong')).rejects.toEqual(refused)
    await expect(signIn(parts, 'nobody', 'wrong')).rejects.toEqual(refused)
    await expect(signIn(parts, 'nobody', 'nobody has this password')).rejects.toEqual(refused)
    await expect(signIn(parts, 'dan', PASSWORD)).rejects.toEqual(refused)
    expect(verified).toHaveLength(4)
    const costs = verified.map((hash) => hash.split('$').slice(0, 3).join('$'))
    expect(new Set(costs).size).toBe(1)
  })

  test('a hasher that failed once is asked again', async () => {
    await using bench = await openDeskBench()
    let isBroken = true
    const hasher: PasswordHasher = {
      hash: (password) => (isBroken ? Promise.reject(new Error('no memory')) : bench.parts.hasher.hash(password)),
      verify: bench.parts.hasher.verify,
    }
    const parts = { ...bench.parts, hasher }
    await expect(signIn(parts, 'nobody', 'x')).rejects.toThrow('no memory')
    isBroken = false
    await expect(signIn(parts, 'nobody', 'x')).rejects.toEqual(refused)
  })
})

describe('session', () => {
  test('no token and a made-up token are told apart', async () => {
    await using bench = await openDeskBench()
    await expect(findActor(bench.parts, undefined)).rejects.toMatchObject({ code: 'FL_SESSION_MISSING' })
    await expect(findActor(bench.parts, '')).rejects.toMatchObject({ code: 'FL_SESSION_MISSING' })
    await expect(findActor(bench.parts, 'made-up')).rejects.toEqual(expired)
  })

  test('use moves the idle end on, at most once a minute', async () => {
    await using bench = await openDeskBench()
    const { token } = await signIn(bench.parts, 'gwen', PASSWORD)
    const touches: number[] = []
    const parts = withStaff(bench, (staff) => ({
      touchSession(hash, idleAt) {
        touches.push(idleAt)
        return staff.touchSession(hash, idleAt)
      },
    }))
    const { clock } = bench.parts
    await findActor(parts, token)
    clock.advance(MINUTE - 1)
    await findActor(parts, token)
    expect(touches).toEqual([])
    clock.advance(1)
    await findActor(parts, token)
    await findActor(parts, token)
    expect(touches).toEqual([clock.wall() + SESSION_IDLE])
  })

  test('it ends four hours after its last use to the millisecond', async () => {
    await using bench = await openDeskBench()
    const { token } = await signIn(bench.parts, 'gwen', PASSWORD)
    bench.parts.clock.advance(SESSION_IDLE - 1)
    await findActor(bench.parts, token)
    bench.parts.clock.advance(SESSION_IDLE)
    await expect(findActor(bench.parts, token)).rejects.toEqual(expired)
  })

  test('it ends fourteen hours after sign-in, however much it is used', async () => {
    await using bench = await openDeskBench()
    const { token } = await signIn(bench.parts, 'gwen', PASSWORD)
    for (let hour = 1; hour < 14; hour += 1) {
      bench.parts.clock.advance(HOUR)
      await findActor(bench.parts, token)
    }
    bench.parts.clock.advance(HOUR)
    await expect(findActor(bench.parts, token)).rejects.toEqual(expired)
  })

  test('the replayed clock has no say in it', async () => {
    await using bench = await openDeskBench()
    const { token } = await signIn(bench.parts, 'gwen', PASSWORD)
    bench.parts.clock.set({ operational: bench.parts.clock.operational() + 1000 * HOUR })
    expect(await findActor(bench.parts, token)).toMatchObject({ name: 'gwen' })
  })

  test('a session that is ended while it is used stays ended', async () => {
    await using bench = await openDeskBench()
    const { token } = await signIn(bench.parts, 'gwen', PASSWORD)
    bench.parts.clock.advance(HOUR)
    const parts = withStaff(bench, (staff) => ({
      async account(name) {
        await signOut(bench.parts, token)
        return staff.account(name)
      },
    }))
    await findActor(parts, token)
    await expect(findActor(bench.parts, token)).rejects.toEqual(expired)
  })

  test('an account that is gone or disabled has no session', async () => {
    await using bench = await openDeskBench()
    const { token } = await signIn(bench.parts, 'gwen', PASSWORD)
    const gone = withStaff(bench, () => ({ account: async () => undefined }))
    await expect(findActor(gone, token)).rejects.toEqual(expired)
  })

  test('signing out twice, or without a session, is no error', async () => {
    await using bench = await openDeskBench()
    const { token } = await signIn(bench.parts, 'gwen', PASSWORD)
    await signOut(bench.parts, token)
    await signOut(bench.parts, token)
    await signOut(bench.parts, undefined)
    await expect(findActor(bench.parts, token)).rejects.toEqual(expired)
  })
})

describe('connection', () => {
  test('a role that changes holds from the next call on', async () => {
    await using bench = await openDeskBench()
    const connection = createConnection(bench.parts)
    await connection.signIn('gwen', PASSWORD)
    const { staff } = bench.parts.stores
    const account = await staff.account('gwen')
    if (account) await staff.putAccount({ ...account, role: 'ops', stations: ['EWR'] })
    expect(await connection.actor()).toEqual({ name: 'gwen', role: 'ops', stations: ['EWR'] })
  })

  test('who takes the desk over ends the session before', async () => {
    await using bench = await openDeskBench()
    const { token } = await signIn(bench.parts, 'gwen', PASSWORD)
    const connection = createConnection(bench.parts, token)
    await connection.signIn('sue', PASSWORD)
    await expect(findActor(bench.parts, token)).rejects.toEqual(expired)
    expect(await connection.actor()).toMatchObject({ name: 'sue' })
  })

  test('guessing has to wait, and the right password too while it does', async () => {
    await using bench = await openDeskBench()
    const connection = createConnection(bench.parts)
    for (let guess = 0; guess < REFUSALS_ALLOWED; guess += 1) {
      await expect(connection.signIn('admin', `guess ${guess}`)).rejects.toEqual(refused)
    }
    const limited = { code: 'FL_RATE_LIMITED', details: { seconds: REFUSAL_PAUSE / 1000 } }
    await expect(connection.signIn('gwen', PASSWORD)).rejects.toMatchObject(limited)
    bench.parts.clock.advance(REFUSAL_PAUSE)
    await connection.signIn('gwen', PASSWORD)
    await expect(connection.signIn('admin', 'one slip')).rejects.toEqual(refused)
    expect(await connection.actor()).toMatchObject({ name: 'gwen' })
  })

  test('guesses sent side by side are counted as well', async () => {
    await using bench = await openDeskBench()
    const connection = createConnection(bench.parts)
    const guesses = Array.from({ length: 20 }, (_, guess) => connection.signIn('gwen', `guess ${guess}`))
    const outcomes = await Promise.allSettled(guesses)
    const codes = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'in'))
    expect(codes.filter((code) => code === 'FL_SIGN_IN_REFUSED')).toHaveLength(REFUSALS_ALLOWED)
  })
})
