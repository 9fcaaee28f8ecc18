import { describe, expect, test } from 'vitest'
import { HOUR } from '../../shared/domain/instant.ts'
import { FlightlineError } from '../../shared/lib/errors.ts'
import { manualClock } from '../../testing/fixtures/clocks.ts'
import { NOON } from '../../testing/fixtures/departure.ts'
import { memoryVault } from '../../testing/fixtures/desktop-sides.ts'
import { recordingLog } from '../../testing/fixtures/logs.ts'
import { createDeskSession } from './desk-session.ts'

const gwen = { name: 'gwen', role: 'gate', stations: ['JFK'] } as const
const sue = { name: 'sue', role: 'supervisor', stations: ['JFK'] } as const
const signIn = { token: 'token-1', actor: gwen, endsAt: NOON + HOUR }

async function bench(vault = memoryVault()) {
  const clock = manualClock()
  const logger = recordingLog()
  const open = () => createDeskSession({ vault, clock, logger })
  const session = open()
  await session.restore('embedded')
  return { vault, clock, logger, open, session }
}

describe('a sign-in', () => {
  test('outlives a restart', async () => {
    const { session, open } = await bench()
    session.begin(signIn)
    await session.settled()
    const after = open()
    await after.restore('embedded')
    expect([after.actor(), after.token()]).toEqual([gwen, 'token-1'])
  })

  test('of one service is not shown to another, and is forgotten', async () => {
    const { session, open, vault } = await bench()
    session.begin(signIn)
    await session.settled()
    const after = open()
    await after.restore('served-elsewhere')
    await after.settled()
    expect([after.actor(), after.token(), vault.text]).toEqual([undefined, undefined, undefined])
  })

  test('that has ended meanwhile is not taken up', async () => {
    const { session, clock, open } = await bench()
    session.begin(signIn)
    await session.settled()
    clock.advance(HOUR)
    expect(session.actor()).toBeUndefined()
    const after = open()
    await after.restore('embedded')
    expect(after.token()).toBeUndefined()
  })

  test('goes on when settings change and the service stays, also where nothing can be kept', async () => {
    const { session } = await bench({ text: undefined, load: async () => undefined, save: async () => undefined })
    session.begin(signIn)
    await session.restore('embedded')
    expect(session.token()).toBe('token-1')
  })

  test('that was ended is kept nowhere', async () => {
    const { session, vault } = await bench()
    session.begin(signIn)
    session.end(new FlightlineError('FL_SESSION_MISSING'))
    await session.settled()
    expect(vault.text).toBeUndefined()
  })

  test('that cannot be read counts as none, and is told without what was in it', async () => {
    for (const text of ['{', '{"token":"secret"}']) {
      const vault = memoryVault()
      vault.text = text
      const { session, logger } = await bench(vault)
      expect(session.actor()).toBeUndefined()
      expect(logger.lines).toHaveLength(1)
      expect(JSON.stringify(logger.lines)).not.toContain('secret')
    }
  })

  test('goes on when the vault fails', async () => {
    const broken = () => Promise.reject(new Error('keyring locked'))
    const { session, logger } = await bench({ text: undefined, load: broken, save: broken })
    session.begin(signIn)
    await session.settled()
    expect(session.actor()).toEqual(gwen)
    expect(logger.lines.map(({ level }) => level)).toEqual(['warn', 'warn'])
  })
})

describe('whoever leaves', () => {
  test('is told once, with the reason, and the next person is told of nothing', async () => {
    const { session } = await bench()
    session.begin(signIn)
    const before = session.leaving()
    const number = session.number()
    session.end(new FlightlineError('FL_SESSION_EXPIRED'))
    expect(before.reason).toMatchObject({ code: 'FL_SESSION_EXPIRED' })
    expect(session.leaving().aborted).toBe(false)
    expect(session.number()).toBeGreaterThan(number)
  })

  test('is told when another person follows, and not when the same person signs in again', async () => {
    const { session } = await bench()
    session.begin(signIn)
    const leaving = session.leaving()
    session.begin({ ...signIn, token: 'token-2' })
    expect([leaving.aborted, session.token()]).toEqual([false, 'token-2'])
    session.begin({ ...signIn, token: 'token-3', actor: sue })
    expect(leaving.aborted).toBe(true)
  })

  test('another role is no other person', async () => {
    const { session, vault } = await bench()
    session.begin(signIn)
    const leaving = session.leaving()
    session.confirm({ ...gwen, role: 'ops' })
    await session.settled()
    expect([session.actor()?.role, leaving.aborted]).toEqual(['ops', false])
    expect(vault.text).toContain('"ops"')
  })

  test('listeners hear of every other token, and no more after they left', async () => {
    const { session } = await bench()
    const seen: (string | undefined)[] = []
    const stop = session.onChange(() => seen.push(session.token()))
    session.begin(signIn)
    session.confirm({ ...gwen, role: 'ops' })
    session.begin({ ...signIn, token: 'token-2' })
    session.end(new FlightlineError('FL_SESSION_MISSING'))
    session.end(new FlightlineError('FL_SESSION_MISSING'))
    stop()
    session.begin(signIn)
    expect(seen).toEqual(['token-1', 'token-2', undefined])
  })
})
