import type { FastifyInstance } from 'fastify'
import { FlightlineError } from '../../src/shared/lib/errors.ts'
import type { PartHealth } from '../part.ts'
import type { HttpParts } from './parts.ts'
import { requireActor } from './session.ts'

/** What operators and tests look at: health, metrics, and the mailbox of a demo. */
export function registerOperations(app: FastifyInstance, parts: HttpParts): void {
  const tags = ['operations']
  app.get(
    '/health',
    { schema: { tags, summary: 'Health by part' }, config: { rateLimit: false } },
    async (_request, reply) => {
      const health = await readHealth(parts)
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

function registerMailbox(app: FastifyInstance, parts: HttpParts): void {
  app.get(
    '/dev/mailbox',
    { schema: { tags: ['operations'], summary: 'Messages that had no provider' } },
    async (request) => {
      await requireActor(parts, request, 'viewMailbox')
      const { to, limit } = readMailboxQuery(request.query)
      const messages = await parts.stores.mailbox.list({ limit, ...(to && { to }) })
      return { count: await parts.stores.mailbox.count(), messages }
    },
  )
}

function readMailboxQuery(query: unknown): { to?: string; limit: number } {
  const { to, limit } = Object(query)
  const count = limit === undefined ? 100 : Number(limit)
  if (!Number.isInteger(count) || count < 1 || count > 1000) {
    throw new FlightlineError('FL_BAD_REQUEST', { problems: ['limit: 1 to 1000'] })
  }
  return typeof to === 'string' ? { to, limit: count } : { limit: count }
}

/** The worst of the parts is the whole's: `down` answers 503, `degraded` still serves. */
export async function readHealth(parts: Pick<HttpParts, 'monitored' | 'clock'>) {
  const entries = await Promise.all(
    parts.monitored.map(async (part): Promise<[string, PartHealth]> => [part.name, await ask(part)]),
  )
  const states = entries.map(([, health]) => health.status)
  const status = states.includes('down') ? 'down' : states.includes('degraded') ? 'degraded' : 'ok'
  return {
    status,
    clock: { operational: parts.clock.operational(), rate: parts.clock.rate },
    parts: Object.fromEntries(entries),
  }
}

async function ask(part: HttpParts['monitored'][number]): Promise<PartHealth> {
  try {
    return await part.health()
  } catch (error) {
    return { status: 'down', problem: error instanceof FlightlineError ? error.code : 'FL_INTERNAL' }
  }
}
