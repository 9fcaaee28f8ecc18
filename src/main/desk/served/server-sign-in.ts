import { ORPCError } from '@orpc/client'
import { z } from 'zod'
import { actorSchema } from '../../../shared/api/schemas.ts'
import { SESSION_COOKIE } from '../../../shared/api/session-cookie.ts'
import { SESSION_LENGTH } from '../../../shared/desk/sign-in.ts'
import type { Actor } from '../../../shared/domain/role.ts'
import { FlightlineError } from '../../../shared/lib/errors.ts'
import type { UpstreamParts } from '../upstream.ts'
import { askServer, type ServerAnswer, type ServerQuestion } from './ask-server.ts'
import { describeServerLoss } from './describe-server-loss.ts'

/** Signing in and out at the server. The cookie stays here, in main; no page ever sees it. */
export interface ServerSignIn {
  signIn(credentials: { readonly name: string; readonly password: string }): Promise<Actor>
  signOut(): Promise<void>
  /** Resolves when the server answers as one of ours does. */
  probe(): Promise<void>
}

/** What the cookie header has to be for a session. */
export function cookieOf(token: string | undefined): string | undefined {
  return token === undefined ? undefined : `${SESSION_COOKIE}=${token}`
}

/** Makes the calls. */
export function createServerSignIn(
  base: URL,
  { session, clock }: Pick<UpstreamParts, 'session' | 'clock'>,
): ServerSignIn {
  const ask = (question: ServerQuestion) => askOnce(new URL('api/session', base), question)
  return {
    async signIn(json) {
      // With the former cookie, so that the server ends the former session.
      const answer = await ask({ method: 'POST', json, cookie: cookieOf(session.token()) })
      const actor = expectSuccess(answer, actorSchema)
      const { token, lasts } = readCookie(answer)
      session.begin({ token, actor, endsAt: clock.wall() + lasts })
      return actor
    },
    async signOut() {
      expectSuccess(await ask({ method: 'DELETE', cookie: cookieOf(session.token()) }), z.unknown())
    },
    async probe() {
      expectSuccess(await ask({ method: 'GET' }), actorSchema.nullable())
    },
  }
}

async function askOnce(url: URL, question: ServerQuestion): Promise<ServerAnswer> {
  try {
    return await askServer(url, question)
  } catch (cause) {
    throw new FlightlineError('FL_DESK_UNAVAILABLE', { problem: describeServerLoss(cause) }, { cause })
  }
}

const errorShape = z.object({
  code: z.string().startsWith('FL_'),
  message: z.string(),
  details: z.unknown().optional(),
})

/** What the server says in its error shape is passed on as it is; anything else is no server of ours. */
function expectSuccess<Body>({ status, body }: ServerAnswer, schema: z.ZodType<Body>): Body {
  const parsed = schema.safeParse(body)
  if (status >= 200 && status < 300 && parsed.success) return parsed.data
  const refusal = errorShape.safeParse(body)
  if (status >= 400 && refusal.success) {
    const { code, message, details } = refusal.data
    throw new ORPCError(code, { status, message, data: details })
  }
  throw new FlightlineError('FL_DESK_UNAVAILABLE', { problem: describeServerLoss(undefined) })
}

function readCookie({ setCookie }: ServerAnswer): { readonly token: string; readonly lasts: number } {
  const cookie = setCookie.find((given) => given.startsWith(`${SESSION_COOKIE}=`))
  const token = cookie?.slice(SESSION_COOKIE.length + 1).split(';', 1)[0]
  if (!cookie || !token) throw new FlightlineError('FL_DESK_UNAVAILABLE', { problem: describeServerLoss(undefined) })
  const seconds = /;\s*max-age=(\d+)/i.exec(cookie)?.[1]
  return { token, lasts: seconds === undefined ? SESSION_LENGTH : Number(seconds) * 1_000 }
}
