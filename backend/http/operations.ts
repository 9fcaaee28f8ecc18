import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { formatInstant } from '../../src/shared/events/instant-schema.ts'
import { readHealth } from '../system/read-health.ts'
import type { HttpParts } from './parts.ts'
import { requireActor } from './session.ts'

const partAnswer = z.looseObject({ status: z.enum(['ok', 'degraded', 'down']) })

/** Documents `GET /health`. */
export const healthAnswer = partAnswer.extend({
  clock: z.object({ operational: z.number().describe('Epoch milliseconds'), rate: z.number() }),
  parts: z.record(z.string(), partAnswer),
})

/** Documents `GET /dev/mailbox`. */
export const mailboxAnswer = z.strictObject({
  count: z.number().int(),
  messages: z.array(
    z.strictObject({
      id: z.string(),
      channel: z.enum(['email', 'sms', 'push']),
      to: z.string(),
      subject: z.string().optional(),
      text: z.string(),
      html: z.string().optional(),
      at: z.iso.datetime(),
    }),
  ),
})

/** What operators and tests look at: health, metrics, and the mailbox of a demo. */
export function registerOperations(app: FastifyInstance, parts: HttpParts): void {
  const tags = ['operations']
  app.get(
    '/health',
    { schema: { tags, summary: 'Health by part' }, config: { rateLimit: false, answers: { 200: healthAnswer } } },
    async (_request, reply) => {
      const health = {
        clock: { operational: parts.clock.operational(), rate: parts.clock.rate },
        ...(await readHealth(parts)),
      }
      return reply
        .code(health.status === 'down' ? 503 : 200)
        .header('cache-control', 'no-store')
        .send(health)
    },
  )
  app.get(
    '/metrics',
    { schema: { tags, summary: 'Prometheus metrics' }, config: { rateLimit: false } },
    async (_request, reply) => reply.type(parts.metrics.contentType).send(await parts.metrics.metrics()),
  )
  if (parts.settings.showsMailbox) registerMailbox(app, parts)
}

const mailboxQuery = z.object({
  to: z.string().max(254).optional().describe('One address only'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})

function registerMailbox(app: FastifyInstance, parts: HttpParts): void {
  const summary = 'Messages that had no provider, newest first (signed in)'
  app.withTypeProvider<ZodTypeProvider>().get(
    '/dev/mailbox',
    {
      schema: { tags: ['operations'], summary, querystring: mailboxQuery },
      config: { answers: { 200: mailboxAnswer } },
    },
    async (request, reply) => {
      await requireActor(parts, request, 'viewMailbox')
      const { to, limit } = request.query
      const found = await parts.stores.mailbox.list({ limit, ...(to && { to }) })
      const messages = found.map((message) => ({ ...message, at: formatInstant(message.at) }))
      return reply.header('cache-control', 'no-store').send({ count: await parts.stores.mailbox.count(), messages })
    },
  )
}
