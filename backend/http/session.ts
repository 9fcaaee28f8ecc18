import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { actorSchema, signInSchema } from '../../src/shared/api/schemas.ts'
import { SESSION_COOKIE } from '../../src/shared/api/session-cookie.ts'
import { findActor, SESSION_LENGTH, signIn, signOut } from '../../src/shared/desk/sign-in.ts'
import { type Action, type Actor, assertAllowed } from '../../src/shared/domain/role.ts'
import { isFlightlineError } from '../../src/shared/lib/errors.ts'
import type { HttpParts } from './parts.ts'

const tags = ['staff']

/** Staff sign-in and sign-out. The cookie is unreadable for scripts and never leaves the site. */
export function registerSession(app: FastifyInstance, parts: HttpParts): void {
  const cookie = {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: parts.settings.publicUrl.startsWith('https:'),
  } as const
  const routes = app.withTypeProvider<ZodTypeProvider>()
  routes.post(
    '/api/session',
    {
      schema: { tags, summary: 'Sign in', body: signInSchema },
      // Guessing is slowed per address; a shared address of a whole station still signs in a shift.
      config: { rateLimit: { max: 30, timeWindow: '1 minute' }, answers: { 200: actorSchema } },
    },
    async (request, reply) => {
      const { actor, token } = await signIn(parts, request.body.name, request.body.password)
      await signOut(parts, request.cookies[SESSION_COOKIE])
      void reply.header('cache-control', 'no-store')
      return reply.setCookie(SESSION_COOKIE, token, { ...cookie, maxAge: SESSION_LENGTH / 1000 }).send({ ...actor })
    },
  )
  routes.get(
    '/api/session',
    { schema: { tags, summary: 'Who is signed in' }, config: { answers: { 200: actorSchema.nullable() } } },
    async (request, reply) => {
      const actor = await findPresent(parts, request)
      return reply.header('cache-control', 'no-store').type('application/json').send(JSON.stringify(actor))
    },
  )
  routes.delete('/api/session', { schema: { tags, summary: 'Sign out' } }, async (request, reply) => {
    await signOut(parts, request.cookies[SESSION_COOKIE])
    return reply.clearCookie(SESSION_COOKIE, cookie).code(204).send()
  })
}

async function findPresent(parts: HttpParts, request: FastifyRequest): Promise<Actor | null> {
  try {
    return await findActor(parts, request.cookies[SESSION_COOKIE])
  } catch (error) {
    if (isFlightlineError(error) && error.status === 401) return null
    throw error
  }
}

/**
 * The signed-in person behind a request who may do `action`.
 * @throws FlightlineError `FL_SESSION_MISSING`, `FL_SESSION_EXPIRED`, `FL_FORBIDDEN`
 */
export async function requireActor(parts: HttpParts, request: FastifyRequest, action: Action): Promise<Actor> {
  const actor = await findActor(parts, request.cookies[SESSION_COOKIE])
  assertAllowed(actor, action)
  return actor
}
