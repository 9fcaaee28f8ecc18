import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { formatPosition, parsePosition } from '../../src/shared/events/position.ts'
import type { AnswerMemory } from './answer-memory.ts'
import { updatesAnswer } from './answer-schemas.ts'
import { flightsBody } from './flights-body.ts'
import type { HttpParts } from './parts.ts'

const LOOK_EVERY = 1_000

/** What changed since a cursor, for who polls; asking also makes the sources look. */
export function registerCheckUpdates(app: FastifyInstance, parts: HttpParts, memory: AnswerMemory): void {
  const querystring = z.object({ since: z.string().max(2000).optional() })
  const summary = 'What changed since the cursor of an earlier answer, for pollers; everything without one'
  const look = createLook(parts)
  app
    .withTypeProvider<ZodTypeProvider>()
    .get(
      '/api/check_updates',
      { schema: { tags: ['flights'], summary, querystring }, config: { answers: { 200: updatesAnswer } } },
      async (request, reply) => {
        look()
        const { since } = request.query
        const version = memory.version()
        const position = since === undefined ? undefined : parsePosition(since)
        const changed = position && parts.board.changedSince(position)
        const flights = changed ?? [...parts.board.all().values()]
        const body = flightsBody(flights, formatPosition(parts.board.position()))
        return memory.send(request, reply, { version, body })
      },
    )
}

/** Looks at most once a second, for all callers together; a source that fails is no reason not to answer. */
function createLook({ lookNow, clock, logger }: HttpParts): () => void {
  let last = Number.NEGATIVE_INFINITY
  return () => {
    const now = clock.wall()
    if (now - last < LOOK_EVERY) return
    last = now
    try {
      lookNow()
    } catch (error) {
      logger.warn({ err: error }, 'the sources could not be asked')
    }
  }
}
