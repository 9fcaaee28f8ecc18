import { HOUR, MINUTE } from '../domain/instant.ts'
import type { Actor } from '../domain/role.ts'
import type { StaffAccount, StaffSession } from '../domain/staff.ts'
import { FlightlineError } from '../lib/errors.ts'
import type { Clock } from '../ports/clock.ts'
import type { PasswordHasher, TokenMaker } from '../ports/secrets.ts'
import type { StaffStore } from '../ports/staff-store.ts'
import type { Connection } from './parts.ts'

/** A session ends this long after its last use. Milliseconds. */
export const SESSION_IDLE = 4 * HOUR

/** A session ends this long after sign-in whatever happens: one shift with its overtime. Milliseconds. */
export const SESSION_LENGTH = 14 * HOUR

// Each use moves the idle end, but is written at most this often: a write per call would double the store's work.
const TOUCH_EVERY = MINUTE

/** Wrong passwords that one connection may send before it has to wait for {@link REFUSAL_PAUSE}. */
export const REFUSALS_ALLOWED = 5

/** How long a connection that guesses has to wait. Milliseconds. */
export const REFUSAL_PAUSE = MINUTE

/** What sign-in needs. */
export interface SignInParts {
  readonly stores: { readonly staff: StaffStore }
  readonly clock: Clock
  readonly hasher: PasswordHasher
  readonly tokens: TokenMaker
}

/** A fresh session: `token` is shown once and then known only to the client. */
export interface SignedIn {
  readonly actor: Actor
  readonly token: string
  readonly endsAt: number
}

// The hash of nobody: an unknown name takes as long as a wrong password.
const nobody = new WeakMap<PasswordHasher, Promise<string>>()

/**
 * Signs a member of staff in.
 * @throws FlightlineError `FL_SIGN_IN_REFUSED`, the same for an unknown name, a wrong password and a disabled account
 */
export async function signIn(parts: SignInParts, name: string, password: string): Promise<SignedIn> {
  const account = await parts.stores.staff.account(name.trim().toLowerCase())
  const isRight = await parts.hasher.verify(password, account?.passwordHash ?? (await hashOfNobody(parts.hasher)))
  if (!account || !isRight || account.disabled) throw new FlightlineError('FL_SIGN_IN_REFUSED')
  const token = parts.tokens.token()
  const now = parts.clock.wall()
  const endsAt = now + SESSION_LENGTH
  const tokenHash = parts.tokens.hash(token)
  await parts.stores.staff.putSession({
    tokenHash,
    name: account.name,
    createdAt: now,
    idleAt: now + SESSION_IDLE,
    endsAt,
  })
  return { actor: toActor(account), token, endsAt }
}

/**
 * Who holds this token now; moves the idle end on.
 * @throws FlightlineError `FL_SESSION_MISSING` without a token, `FL_SESSION_EXPIRED` for an ended or unknown one
 */
export async function findActor(parts: SignInParts, token: string | undefined): Promise<Actor> {
  if (!token) throw new FlightlineError('FL_SESSION_MISSING')
  const session = await parts.stores.staff.session(parts.tokens.hash(token))
  const now = parts.clock.wall()
  if (!session || now >= session.endsAt || now >= session.idleAt) throw new FlightlineError('FL_SESSION_EXPIRED')
  const account = await parts.stores.staff.account(session.name)
  if (!account || account.disabled) throw new FlightlineError('FL_SESSION_EXPIRED')
  await touch(parts, session, now)
  return toActor(account)
}

/** Ends a session; an unknown token is no error. */
export async function signOut(parts: SignInParts, token: string | undefined): Promise<void> {
  if (token) await parts.stores.staff.endSession(parts.tokens.hash(token))
}

/**
 * Binds a connection to a session.
 * @param token - from the cookie of the upgrade; absent where the contract itself signs in
 * @param onHeld - is told who holds the connection from now on, for whoever keeps sign-ins over restarts
 */
export function createConnection(
  parts: SignInParts,
  token?: string,
  onHeld: (signedIn: SignedIn | undefined) => void = () => undefined,
): Connection {
  const guard = createGuard(parts.clock)
  let held = token
  return {
    actor: () => findActor(parts, held),
    async signIn(name, password) {
      const signedIn = await guard(() => signIn(parts, name, password))
      // Whoever held the desk before is signed out with it: their session must not live on unseen.
      const before = held
      held = signedIn.token
      onHeld(signedIn)
      await signOut(parts, before)
      return signedIn.actor
    },
    async signOut() {
      const before = held
      held = undefined
      onHeld(undefined)
      await signOut(parts, before)
    },
  }
}

/** Slows guessing down on one connection; HTTP limits by address instead. */
function createGuard(clock: Clock): (attempt: () => Promise<SignedIn>) => Promise<SignedIn> {
  let refusals = 0
  let openAt = 0
  return async (attempt) => {
    const wait = openAt - clock.wall()
    if (wait > 0) throw new FlightlineError('FL_RATE_LIMITED', { seconds: Math.ceil(wait / 1000) })
    // Counted before the answer is known, so that attempts sent side by side are counted too.
    refusals += 1
    if (refusals >= REFUSALS_ALLOWED) openAt = clock.wall() + REFUSAL_PAUSE
    const signedIn = await attempt()
    refusals = 0
    openAt = 0
    return signedIn
  }
}

async function touch(parts: SignInParts, session: StaffSession, now: number): Promise<void> {
  const idleAt = now + SESSION_IDLE
  if (idleAt - session.idleAt >= TOUCH_EVERY) await parts.stores.staff.touchSession(session.tokenHash, idleAt)
}

function toActor({ name, role, stations }: StaffAccount): Actor {
  return { name, role, stations }
}

function hashOfNobody(hasher: PasswordHasher): Promise<string> {
  const known = nobody.get(hasher) ?? hasher.hash('nobody has this password')
  nobody.set(hasher, known)
  return known.catch((error: unknown) => {
    nobody.delete(hasher)
    throw error
  })
}
